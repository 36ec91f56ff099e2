"""The city itself, its sample people, the rows of its sandbox, its map."""

from diebian.standards import drafts, promises
from diebian.standards.disputes import Step

from .shapes import DaysByLaw, Either, ListOf, MapOf, Number, Record, Text, Truth, Whole
from .words import (
    CITY_CODE,
    CODE,
    COUNTY_CODE,
    FREE,
    HOTLINE,
    ID_NUMBER,
    PHONE,
    SLUG,
    USERNAME,
    one_of,
    pattern,
)

# The posts of officials. Identity owns their meaning; a test keeps both lists alike.
POSTS = (
    "data_manager", "data_head", "applicant", "reviewer", "department_head", "window_clerk",
    "finance_clerk", "operator", "data_authority", "duty_officer", "mayor",
)  # fmt: skip
WORDS = Text()
ANY_TEXT = Text(FREE)
# Of a step that has days by law a city may promise fewer, of the others what it can keep.
SHARING_DAYS = {
    step.value: DaysByLaw(promises.BY_LAW[step], promises.LONGEST)
    if step in promises.BY_LAW
    else Whole(1, promises.LONGEST)
    for step in promises.Step
}
CITY = Record(
    {
        "code": Text(CITY_CODE),
        "name": WORDS,
        "short_name": WORDS,
        "province": WORDS,
        "hotline": Text(HOTLINE),
        "data_lead": Text(CODE),
        "sample": Truth(),
    },
    {
        # Working days of each step: a promise, no law names them.
        "dispute_days": Record({}, {step.value: Whole(1, 120) for step in Step}),
        "sharing_days": Record({}, SHARING_DAYS),
        # Days, of whoever fills for herself and of whoever fills for another.
        "draft_days": Record({}, {whose.value: Whole(1, drafts.LONGEST) for whose in drafts.Whose}),
        "topics": ListOf(
            Record({"title": WORDS, "says": WORDS, "search": WORDS, "icon": Text(SLUG)})
        ),
    },
)
PEOPLE = Record(
    {
        "password": WORDS,
        "persons": ListOf(
            Record(
                {
                    "username": Text(USERNAME),
                    "name": WORDS,
                    "id_number": Text(ID_NUMBER),
                },
                {"phone": Text(PHONE), "says": WORDS},
            ),
            least=1,
        ),
        "officials": ListOf(
            Record(
                {
                    "username": Text(USERNAME),
                    "name": WORDS,
                    "organisation": Text(CODE),
                    "posts": ListOf(Text(one_of(POSTS)), least=1),
                },
                {"says": WORDS, "region": Text(pattern(r"\d{2,12}", "应为区划代码或它的开头"))},
            ),
            least=1,
        ),
        "systems": ListOf(Record({"code": Text(SLUG), "name": WORDS, "organisation": Text(CODE)})),
    },
)
# A department's system has its own names and kinds of values: only that its rows agree is checked.
ROWS = ListOf(MapOf(Either((ANY_TEXT, Whole())), least=1))
SANDBOX = MapOf(ROWS, SLUG, least=1, named={"systems": MapOf(WORDS, SLUG)})
MAP = Record(
    {
        "w": Number(1),
        "h": Number(1),
        "areas": ListOf(
            Record(
                {
                    "code": Text(COUNTY_CODE),
                    "name": WORDS,
                    "d": Text(pattern(r"M[MLHVCSQTAZmlhvcsqtaz0-9 ,.\-]+", "应为 SVG 路径")),
                    "x": Number(),
                    "y": Number(),
                }
            ),
            least=1,
        ),
    }
)
