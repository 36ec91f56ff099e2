"""The shape of a comparison in `journey.yaml`: two collected tables, and what is looked for."""

from .shapes import ListOf, MapOf, Record, Text, Whole
from .words import FREE, SLUG, USERNAME, one_of

WORDS, ANY_TEXT, SHORT = Text(), Text(FREE), Text(SLUG)
# The comparison's own words; `base/comparison/tests` keeps them alike.
KINDS = ("equal", "name", "date", "code")
OUTCOMES = ("same", "differs", "left_only", "right_only")
SEERS = ("data_manager", "data_head", "applicant")
SIDE = Record({"id_number": WORDS}, {"only_column": WORDS, "only_values": ListOf(ANY_TEXT, 1)})
RULE = Record(
    {"name": WORDS, "left": WORDS, "right": WORDS, "kind": Text(one_of(KINDS))},
    {"days": Whole(0, 3660), "codes": MapOf(ANY_TEXT)},
)
COMPARISON = Record(
    {
        "slug": SHORT,
        "title": WORDS,
        "left": SHORT,
        "right": SHORT,
        "purpose": WORDS,
        "legal_basis": WORDS,
        "months": Whole(1, 36),
        "requested_by": Text(USERNAME),
        "office_head": Text(USERNAME),
        "provider_head": Text(USERNAME),
        "seen_by": ListOf(Text(one_of(SEERS)), least=1),
        "plan": Record(
            {
                "left": SIDE,
                "right": SIDE,
                "rules": ListOf(RULE),
                "wanted": ListOf(Text(one_of(OUTCOMES)), least=1),
            }
        ),
    }
)
