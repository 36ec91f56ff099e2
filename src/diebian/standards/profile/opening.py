"""Sample tables of a city and how its people open them (`open_data.yaml`)."""

from .shapes import ListOf, MapOf, Record, Text, Truth, Whole
from .words import FREE, SLUG, USERNAME

WORDS = Text()
COLUMN = Record(
    {"name": WORDS},
    {
        "title": WORDS,
        "meaning": WORDS,
        "how": Text(SLUG),
        "width": Whole(1),
        "quasi": Truth(),
        "sum": Truth(),
    },
)
OPEN_DATA = Record(
    {
        "datasets": ListOf(
            Record(
                {
                    "slug": Text(SLUG),
                    "title": WORDS,
                    "summary": WORDS,
                    "entry": WORDS,
                    "source": Record({"slug": Text(SLUG), "title": WORDS}),
                    "file": WORDS,
                    "key": ListOf(WORDS, least=1),
                    "proposed_by": Text(USERNAME),
                    "agreed_by": Text(USERNAME),
                    "published_by": Text(USERNAME),
                    "licence": WORDS,
                    "update_cycle": Text(SLUG),
                    "about_people": Truth(),
                    "columns": ListOf(COLUMN, least=1),
                    "rows": Text(FREE),
                },
                {"types": MapOf(WORDS), "leave_out_small": Truth()},
            ),
            least=1,
        )
    }
)
