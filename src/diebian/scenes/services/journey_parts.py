"""What applying for an item is made of, in words: what is asked of whom, shown, filled, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, str]
IDENTITY, HELD, FORM, STATEMENT, FILE = "identity", "held", "form", "statement", "file"
BY_THE_PERSON = {FORM, STATEMENT, FILE}
Answers = Mapping[str, Sequence[Row]]  # slug of an ask → the rows that came


@dataclass(frozen=True)
class Show:
    """One line of the filled form. `kind`: text, fen, date or masked."""

    ask: str
    field: str
    label: str
    kind: str


@dataclass(frozen=True)
class FormField:
    """What only the person knows. `kind`: a key of `forms.READERS`."""

    name: str
    label: str
    kind: str
    length: int


@dataclass(frozen=True)
class Check:
    """What must hold of an answer, and the words for a person where it does not."""

    ask: str
    says: str
    field: str
    equals: str | None
    at_least: str | None


@dataclass(frozen=True)
class Material:
    """`answered_by`: the slug of an ask, or one of the five words above. `later`: working days
    within which it may follow, nought: it may not. `held`: number of the applicant's licence.
    """

    name: str
    answered_by: str
    says: str
    also: Sequence[str]
    code: str = ""  # in the register
    later: int = 0
    held: int = 0

    @property
    def key(self) -> str:
        return self.code or self.name

    @property
    def names(self) -> Sequence[str]:
        return [self.name, *self.also]


@dataclass(frozen=True)
class Claim:
    """One thing to be compared. `kind`: text, or date (told as eight digits); `choices`: value to
    words; `origin`: the fact of the case that it is filled from (`form.amount`), or empty.
    """

    column: str
    label: str
    kind: str
    says: str
    choices: Mapping[str, str]
    origin: str


@dataclass(frozen=True)
class Verification:
    """核验: what a reviewer may have compared in a live case; only whether it is right comes."""

    resource: str
    title: str
    claims: Sequence[Claim]


@dataclass(frozen=True)
class Journey:
    system: str
    purpose: str
    asks: Sequence[str]
    titles: Mapping[str, str]
    shows: Sequence[Show]
    fields: Sequence[FormField]
    statement: Mapping[str, str]
    checks: Sequence[Check]
    county: Mapping[str, str]
    decision: Mapping[str, Any]
    materials: Sequence[Material]
    verifies: Sequence[Verification]
    purposes: Mapping[str, str]  # of an ask, where its grant is for something else than the item
    elsewhere: Sequence[str]  # fields that the deciding department looks up itself

    @property
    def spared(self) -> int:
        """Materials that a department or identity answers: nobody copies or brings them.

        What the person fills, states or hands in is not spared. The figure of the wall counts the
        same.
        """
        return sum(one.answered_by not in BY_THE_PERSON for one in self.materials)

    @property
    def demanded(self) -> Sequence[Material]:
        """What the person has to hand in, each with the reason."""
        return [one for one in self.materials if one.answered_by == FILE]

    def purpose_of(self, ask: str) -> str:
        return self.purposes.get(ask, self.purpose)

    def kind_of(self, ask: str, field: str) -> str:
        """A field's kind stands where it is shown."""
        return next((s.kind for s in self.shows if (s.ask, s.field) == (ask, field)), "text")
