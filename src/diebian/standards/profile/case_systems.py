"""`case_systems.yaml`: departments that handle cases in systems of their own (自建系统).

Each system tells of its cases in words of its own; `states` says what they mean here.
"""

from .shapes import ListOf, MapOf, Record, Text
from .words import CODE, FREE, SLUG, one_of

FILE = "case_systems.yaml"
MEANS = ("received", "accepted", "supplement", "granted", "refused")  # the services' own words
WORDS, SHORT = Text(), Text(SLUG)
CASE_SYSTEMS = Record(
    {
        "systems": ListOf(
            Record(
                {
                    "name": WORDS,
                    "organisation": Text(CODE),
                    "caller": SHORT,
                    "purpose": WORDS,
                    "push": SHORT,
                    "changes": SHORT,
                    "states": MapOf(Text(one_of(MEANS)), FREE, least=1),
                },
                {"here": ListOf(Text(CODE))},
            )
        )
    },
    # What is begun of itself when another item was granted.
    {"follows": ListOf(Record({"after": Text(CODE), "then": Text(CODE), "says": WORDS}))},
)
