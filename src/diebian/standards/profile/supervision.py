"""`supervision.yaml`: programmes of tasks, the sites that assess themselves, and by what."""

from diebian.standards.supervision import LONGEST, Step

from .shapes import ListOf, Record, Text, Whole
from .words import CODE, COUNTY_CODE, DAY, FREE, MARK, SLUG, USERNAME, one_of

FILE = "supervision.yaml"
KINDS = ("centre", "branch", "station")  # the scene's own words; a test there keeps them alike
WORDS = Text()
STEP = Record({"title": WORDS, "due": Text(DAY)})
TASK = Record(
    {
        "code": Text(CODE),
        "title": WORDS,
        "wanted": WORDS,
        "lead": Text(CODE),
        "due": Text(DAY),
    },
    {"co": ListOf(Text(CODE)), "owner": Text(USERNAME), "steps": ListOf(STEP, least=1)},
)
SUPERVISION = Record(
    {
        "status": Text(MARK),
        "days": Record({}, {step.value: Whole(1, LONGEST) for step in Step}),
        "programmes": ListOf(
            Record(
                {"slug": Text(SLUG), "title": WORDS, "source": Text(FREE), "tasks": ListOf(TASK)}
            )
        ),
        "sites": ListOf(
            Record(
                {
                    "code": Text(CODE),
                    "name": WORDS,
                    "kind": Text(one_of(KINDS)),
                    "organisation": Text(CODE),
                },
                {"county": Text(COUNTY_CODE)},
            )
        ),
        "criteria": ListOf(
            Record({"code": Text(CODE), "title": WORDS, "how": WORDS, "points": Whole(1, 100)})
        ),
    }
)
