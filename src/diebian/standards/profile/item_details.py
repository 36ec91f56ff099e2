"""What a city says of an item beyond its row (`item_details.yaml`): questions, papers, fields."""

from diebian.standards.crossing import Way

from .shapes import ListOf, MapOf, Record, Text, Truth, Whole
from .words import CODE, FREE, one_of

FILE = "item_details.yaml"
WORDS, ANY_TEXT = Text(), Text(FREE)
WAYS = ("statement", "paper")  # the scene's own words; a test there keeps them alike
FIELD_KINDS = ("text", "long", "money", "count", "date", "phone", "id_number")  # and these
MOST_LATER = 60  # working days in which a paper may follow
CROSS_WAYS = tuple(way.name.lower() for way in Way)
WHEN = MapOf(ListOf(WORDS, least=1))
MOMENTS = ("acceptance", "handing_out")  # and these: by which a fee is paid
ENDS = ("withdrawn", "refused")  # and these: after which it goes back
MOST_FEN, MOST_DAYS_TO_PAY = 10_000_000, 60
CHARGING = Record(
    {
        "before": Text(one_of(MOMENTS)),
        "days": Whole(1, MOST_DAYS_TO_PAY),
        "charges": ListOf(
            Record({"label": WORDS, "fen": Whole(1, MOST_FEN), "basis": WORDS}, {"when": WHEN}),
            least=1,
        ),
    },
    {
        "reductions": ListOf(
            Record({"label": WORDS, "percent": Whole(1, 100), "basis": WORDS, "when": WHEN})
        ),
        "given_back": ListOf(Text(one_of(ENDS))),
    },
)
ITEM_DETAILS = Record(
    {
        "items": ListOf(
            Record(
                {"code": Text(CODE)},
                {
                    "basis": WORDS,
                    "conditions": ListOf(WORDS),
                    "windows": WORDS,
                    "asks_true_will": Truth(),
                    "is_joint": Truth(),
                    "process": Text(CODE),
                    "cross_region": ListOf(Text(one_of(CROSS_WAYS)), least=1),
                    "situations": ListOf(
                        Record(
                            {"slug": WORDS, "question": WORDS, "choices": ListOf(WORDS, least=2)},
                            {"when": WHEN, "says": ANY_TEXT},
                        )
                    ),
                    "materials": ListOf(
                        Record(
                            {"material": Text(CODE)},
                            {
                                "when": WHEN,
                                "way": Text(one_of(WAYS)),
                                "note": ANY_TEXT,
                                "later": Whole(1, MOST_LATER),
                            },
                        )
                    ),
                    "fields": ListOf(
                        Record(
                            {"label": WORDS},
                            {"from": ANY_TEXT, "when": WHEN, "kind": Text(one_of(FIELD_KINDS))},
                        ),
                        least=1,
                    ),
                    "charging": CHARGING,
                },
            ),
            least=1,
        )
    }
)
