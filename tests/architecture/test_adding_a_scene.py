"""docs/adding-a-scene.md, followed word for word in a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON_BLOCK = re.compile(r"```python\n# (src/\S+)\n(.*?)```", re.DOTALL)
SETTINGS_BLOCK = re.compile(r"```text\n(.*?)\n```", re.DOTALL)
ASK = """
import django; django.setup()
from diebian.kernel.benches import benches
print(benches.get("shovels").run(True)["ours"])
"""


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    page = (ROOT / "docs/adding-a-scene.md").read_text()
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("static"))
    shutil.copytree(ROOT / "tests/architecture", tmp_path / "tests/architecture")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "tests/__init__.py").touch()
    for name, body in PYTHON_BLOCK.findall(page):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(body)
    settings = tmp_path / "src/diebian/assembly/settings.py"
    [line] = SETTINGS_BLOCK.findall(page)
    settings.write_text(settings.read_text().replace("SCENES = [", f"SCENES = [{line}"))
    return tmp_path


def test_the_scene_of_the_page_offers_what_it_says(followed: Path) -> None:
    assert _run(followed, sys.executable, "-c", ASK).stdout.strip() == "1"


def test_the_scene_of_the_page_keeps_the_contracts(followed: Path) -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    answer = _run(followed, str(linter), "--no-cache")
    assert answer.returncode == 0, answer.stdout


def _run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
        "DJANGO_SETTINGS_MODULE": "diebian.assembly.settings",
    }
    return subprocess.run(  # noqa: S603  this interpreter and this environment's linter
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
