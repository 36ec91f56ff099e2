"""A copy of the small city's folder that a test may break."""

import re
import shutil
from pathlib import Path

from diebian.standards.profile import check

CITIES = Path(__file__).parents[2] / "cities"
SMALL, WHOLE = CITIES / "yunxi", CITIES / "tieling"


class Pack:
    def __init__(self, folder: Path, of: Path = SMALL) -> None:
        self.folder = Path(shutil.copytree(of, folder))

    def text(self, file: str) -> str:
        return (self.folder / file).read_text()

    def write(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text)

    def edit(self, file: str, was: str, will: str) -> int:
        """Replaces the first `was`; the number of its line."""
        text = self.text(file)
        assert was in text, f"{file}: {was}"
        self.write(file, text.replace(was, will, 1))
        return text[: text.index(was)].count("\n") + 1

    def faults(self) -> list[str]:
        return [str(fault) for fault in check(self.folder)]

    def says(self, place: str, words: str) -> bool:
        """Whether a fault at `place` (file:line) says `words`."""
        return any(
            line.startswith(f"{place}: ") and re.search(words, line) for line in self.faults()
        )
