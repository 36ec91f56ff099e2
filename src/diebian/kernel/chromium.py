"""The browser of this machine with a Chinese font: for looking at pages and for measuring them.

Playwright is a tool of whoever builds and measures; the platform itself never loads this.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The first is the same browser without what only a window needs: a third less of processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


class NoBrowser(Exception):
    def __init__(self) -> None:
        super().__init__("这台机器上没有 chromium；装一个，或用 DIEBIAN_CHROMIUM 指明")


@contextmanager
def chromium(folder: Path) -> Iterator["Browser"]:
    """`folder`: for the font's cache. Raises `NoBrowser`."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("DIEBIAN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not program:
        raise NoBrowser
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            env={**os.environ, "FONTCONFIG_FILE": str(_fonts(folder))},
        )
        yield browser
        browser.close()


def _fonts(folder: Path) -> Path:
    """Without a Chinese font every character is a narrow box, and no line is as long as in life."""
    found = find_spec("pylopdf_fonts_zh_cn")
    assert found is not None  # noqa: S101  locked
    assert found.origin is not None  # noqa: S101
    told = folder / "fonts.conf"
    told.write_text(FONTS.format(fonts=Path(found.origin).parent, cache=folder / "cache"))
    return told
