"""What a theme (一件事) is put together from, and what comes of it. Pure values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from diebian.scenes.services.items.facts import ItemFacts, Situation

from .ordering import Block

When = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Place:
    """An item in a theme. `after`: codes of the items that must be granted before."""

    code: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    """How the theme asks what several members ask; an answer is its own value and stays theirs."""

    question: str
    says: str = ""


@dataclass(frozen=True)
class Plan:
    """What the editor of a theme wrote. `wordings`: by the slug of the question."""

    code: str
    name: str
    places: tuple[Place, ...]
    wordings: Mapping[str, Wording] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A line of an item's form. `kind` and `bounds` as the item declares them; empty: text."""

    label: str
    origin: str = ""
    when: When = field(default_factory=dict)
    kind: str = ""
    bounds: str = ""


@dataclass(frozen=True)
class Item:
    """The version of an item that a theme is compiled from."""

    code: str
    number: int
    facts: ItemFacts
    owner: str  # the department's name
    fields: tuple[Asked, ...] = ()
    gives: frozenset[str] = frozenset()  # identities of what a grant puts into the hand

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def days(self) -> int:
        """As promised, else as the law has it."""
        told = (self.facts.promised_days, self.facts.statutory_days, USUAL_DAYS)
        return next(days for days in told if days is not None)


USUAL_DAYS = 20  # 行政许可法 第四十二条, where nothing else is said


class About(StrEnum):
    """What a note to the editor is about. The first four have to be settled by somebody."""

    QUESTION = "question"
    FIELD = "field"
    PAPER = "paper"
    ALIKE = "alike"
    WAITING = "waiting"
    MERGED = "merged"


@dataclass(frozen=True)
class Note:
    about: About
    says: str

    @property
    def is_conflict(self) -> bool:
        return self.about in {About.QUESTION, About.FIELD, About.PAPER, About.ALIKE}


@dataclass(frozen=True)
class Part:
    """One member, as the guide and the drawing need it. `behind`: all that come before it."""

    code: str
    number: int
    name: str
    owner: str
    credit_code: str
    days: int
    is_promised: bool
    result: str
    after: tuple[str, ...]
    behind: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """`wanted_by`: codes of the members whose papers or fields hang on it; `slugs`: of each its
    own word for it."""

    situation: Situation
    wanted_by: tuple[str, ...]
    slugs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Use:
    """By which member, under which answers of the theme's questions."""

    member: str
    when: When = field(default_factory=dict)
    way: str = ""
    note: str = ""


@dataclass(frozen=True)
class Field:
    label: str
    origin: str
    kind: str
    bounds: str
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Paper:
    """One paper, whatever it is called. `codes`: its entries in the register, of each member one.

    `givers`: members whose grant puts it into the hand of whoever comes behind them.
    """

    identity: str
    name: str
    codes: Mapping[str, str]
    uses: tuple[Use, ...]
    givers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compiled:
    code: str
    name: str
    parts: tuple[Part, ...]
    order: Block
    questions: tuple[Question, ...]
    fields: tuple[Field, ...]
    papers: tuple[Paper, ...]
    notes: tuple[Note, ...]
    days: int
    days_one_by_one: int
    drawing: str

    @property
    def situations(self) -> tuple[Situation, ...]:
        return tuple(one.situation for one in self.questions)

    @property
    def conflicts(self) -> list[Note]:
        return [one for one in self.notes if one.is_conflict]

    def part(self, code: str) -> Part:
        return next(one for one in self.parts if one.code == code)
