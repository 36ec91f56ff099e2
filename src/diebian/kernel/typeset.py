"""A page as PDF or picture, set by typst with the Chinese font of a package and no other."""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

FONT = "{font}"  # in a layout: the family's name
SHARP = 200  # dots per inch of a picture


def typeset(
    layout: str,
    *,
    inputs: Mapping[str, str],
    files: Mapping[str, bytes],
    form: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """`inputs`: `sys.inputs` of the layout; `files`: what it reads, by name. A png has one page."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        for name, content in files.items():
            (home / name).write_bytes(content)
        (home / "main.typ").write_text(layout.replace(FONT, _family()))
        return bytes(
            typst.compile(
                str(home / "main.typ"),
                root=folder,
                font_paths=[str(_fonts())],
                ignore_system_fonts=True,
                format=form,
                ppi=SHARP if form == "png" else None,
                sys_inputs=dict(inputs),
            )
        )


@cache
def _fonts() -> Path:
    package = find_spec("pylopdf_fonts_zh_cn")
    if package is None or package.origin is None:
        raise RuntimeError("the Chinese font package is not installed")
    return Path(package.origin).parent


@cache
def _family() -> str:
    folder = [str(_fonts())]
    return str(typst.Fonts(include_system_fonts=False, font_paths=folder).families()[0])
