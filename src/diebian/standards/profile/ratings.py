"""`ratings.yaml`: what a city promises about ratings, and the words to tick beside each grade."""

from diebian.standards.ratings import LONGEST, Grade, Step

from .shapes import ListOf, Record, Text, Whole
from .words import MARK

FILE = "ratings.yaml"
WORDS = Text()
RATINGS = Record(
    {
        "status": Text(MARK),
        "days": Record({}, {step.value: Whole(1, LONGEST) for step in Step}),
        "tags": Record({}, {grade.name.lower(): ListOf(WORDS, least=1) for grade in Grade}),
    }
)
