"""What is known of a batch's rows before they go into the lake."""

from dataclasses import dataclass, field

from .names import quoted


@dataclass(frozen=True)
class BadRow:
    number: int
    reason: str
    row: str  # as JSON


@dataclass
class Staged:
    """SQL of the rows to take, of those to delete where a source tells, of every key that came."""

    name: str
    good: str = ""
    gone: str = ""
    keys: str = ""
    read: int = 0
    taken: int = 0
    checksum: str = ""
    watermark: str = ""
    bad: list[BadRow] = field(default_factory=list)

    @property
    def tables(self) -> tuple[str, str]:
        return f"stage.{quoted(self.name)}", f"stage.{quoted(self.name + '_out')}"
