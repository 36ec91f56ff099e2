"""docs/adding-a-scene.md, followed word for word in a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[2]
PYTHON_BLOCK = re.compile(r"```python\n# (src/\S+)\n(.*?)```", re.DOTALL)
HTML_BLOCK = re.compile(r"```html\n<!-- (src/\S+) -->\n(.*?)```", re.DOTALL)
SETTINGS_BLOCK = re.compile(r"```text\n(.*?)\n```", re.DOTALL)
LINTER = str(Path(sys.executable).with_name("lint-imports"))
SNOW = "src/diebian/scenes/snow"


@pytest.fixture(scope="module")
def followed() -> Iterator[Path]:
    with TemporaryDirectory(prefix="diebian-scene-") as made:
        root = Path(made)
        root.chmod(0o755)
        page = (ROOT / "docs/adding-a-scene.md").read_text()
        shutil.copytree(ROOT / "src", root / "src")
        shutil.copytree(ROOT / "tests/architecture", root / "tests/architecture")
        helping = [f"tests/{one.name}" for one in (ROOT / "tests").glob("*.py")]
        for file in ("pyproject.toml", "conftest.py", *helping):
            shutil.copy(ROOT / file, root / file)
        for name, body in PYTHON_BLOCK.findall(page) + HTML_BLOCK.findall(page):
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body)
        for folder in ("", "migrations", "tests"):
            place = root / SNOW / folder
            place.mkdir(exist_ok=True)
            (place / "__init__.py").touch()
        _settings(root, lambda text: text.replace("SCENES = [", f"SCENES = [{_line(page)}"))
        _well(root, sys.executable, "-W", "ignore", "-m", "django", "makemigrations", "snow")
        yield root


def test_the_scene_of_the_page_passes_the_test_of_the_page(followed: Path) -> None:
    answer = _well(followed, sys.executable, "-m", "pytest", "-q", SNOW)
    assert "2 passed" in answer.stdout


def test_the_scene_of_the_page_keeps_the_contracts_and_the_style(followed: Path) -> None:
    _well(followed, LINTER, "--no-cache")
    _well(followed, str(Path(sys.executable).with_name("ruff")), "check", SNOW)


def test_taken_away_it_leaves_nothing_behind(followed: Path) -> None:
    """Last: it takes the scene out of the copy."""
    shutil.rmtree(followed / SNOW)
    line = _line((ROOT / "docs/adding-a-scene.md").read_text())
    _settings(followed, lambda text: text.replace(line, ""))
    _well(followed, LINTER, "--no-cache")
    _well(followed, sys.executable, "-c", "import django; django.setup()")
    settings = (followed / "src/diebian/assembly/settings.py").read_text()
    assert settings == (ROOT / "src/diebian/assembly/settings.py").read_text()


def _line(page: str) -> str:
    [line] = SETTINGS_BLOCK.findall(page)
    return str(line)


def _settings(root: Path, change: Callable[[str], str]) -> None:
    file = root / "src/diebian/assembly/settings.py"
    file.write_text(change(file.read_text()))


def _well(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    answer = subprocess.run(  # noqa: S603  this interpreter and this environment's programs
        command,
        cwd=root,
        env={
            **inherited,
            "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
            "DJANGO_SETTINGS_MODULE": "diebian.assembly.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer
