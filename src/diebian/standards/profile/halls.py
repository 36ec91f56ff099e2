"""`halls.yaml`: where people come, the windows there, and the promises of queue and appointment."""

from .shapes import ListOf, Record, Text, Truth, Whole
from .words import CODE, COUNTY_CODE, HOTLINE, SLUG, one_of, pattern

FILE = "halls.yaml"
WORDS = Text()
A_DAY = 24 * 60
HOURS = pattern(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", "应为 08:30-11:30 这样的时间段")
RULES = Record(
    {
        "slot_minutes": Whole(5, A_DAY),
        "places": Whole(1, 500),
        "days_ahead": Whole(1, 60),
        "grace_minutes": Whole(0, A_DAY),
        "head_start_minutes": Whole(0, A_DAY),
        "visits_a_day": Whole(1, 50),
        "source": WORDS,
    }
)
KIND = Record(
    {"code": Text(SLUG), "name": WORDS, "letter": Text(pattern(r"[A-Z]", "应为一个大写字母"))},
    {"says": WORDS, "for_elders": Truth()},
)
HALL = Record(
    {
        "code": Text(CODE),
        "name": WORDS,
        "kind": Text(one_of(("hall", "station"))),
        "organisation": Text(CODE),
        "address": WORDS,
        "phone": Text(HOTLINE),
        "hours": ListOf(Text(HOURS), least=1),
        "windows": ListOf(
            Record({"number": Whole(1, 999), "kinds": ListOf(Text(SLUG), least=1)}), least=1
        ),
    },
    {"county": Text(COUNTY_CODE)},
)
HALLS = Record({"rules": RULES, "kinds": ListOf(KIND, least=1), "halls": ListOf(HALL, least=1)})
