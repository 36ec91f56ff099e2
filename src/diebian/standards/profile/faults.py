from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, where, in a sentence that says what to write instead."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"
