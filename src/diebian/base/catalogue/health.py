"""How an entry fares: mounted, fresh, called, correct. Only what is really known; else it says so.

What others know (calls, collections, rules) they register as a `HealthSource`; the catalogue asks
them and knows no name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from diebian.kernel import clock
from diebian.kernel.registry import Registry

from .models import Entry, Resource, State
from .resources import kind_words

A_PAGE = 50
TAGS = {True: ("ok", "好"), False: ("bad", "有问题"), None: ("", "不知道")}
TRIED_LATELY = timedelta(days=30)


class Aspect(StrEnum):
    MOUNTED = "挂载"
    FRESH = "按期更新"
    CALLED = "有人调用"
    CORRECT = "内容正确"


@dataclass(frozen=True)
class Reading:
    """`is_good` is None where nobody knows."""

    is_good: bool | None
    says: str


@dataclass(frozen=True)
class HealthSource:
    """`tell` is asked with the slugs of resources; of those it knows nothing of it says nothing."""

    slug: str
    aspect: Aspect
    tell: Callable[[Sequence[str]], Mapping[str, Reading]]


health_sources: Registry[HealthSource] = Registry("health source")


@dataclass(frozen=True)
class Line:
    aspect: Aspect
    reading: Reading


@dataclass(frozen=True)
class Idle:
    """A resource that is mounted and, as far as is known, called by nobody."""

    resource: Resource
    says: str


@dataclass(frozen=True)
class IdleResources:
    page: Page[Idle]
    mounted: int
    is_known: bool  # whether anybody counts calls at all
    unmounted: int  # published entries with nothing behind them


def health_of(entry: Entry) -> list[Line]:
    return healths_of([entry])[entry.pk]


def healths_of(entries: Sequence[Entry]) -> dict[int, list[Line]]:
    """By key. Everybody who knows is asked once for all of them."""
    behind: dict[int, list[Resource]] = {entry.pk: [] for entry in entries}
    for one in Resource.objects.filter(entry__in=entries).order_by("slug"):
        behind[one.entry_id].append(one)
    slugs = [one.slug for found in behind.values() for one in found]
    told = {aspect: _told(aspect, slugs) for aspect in Aspect}
    return {
        entry.pk: [
            Line(aspect, _reading(aspect, entry, behind[entry.pk], told[aspect]))
            for aspect in Aspect
        ]
        for entry in entries
    }


def idle_resources(page: str) -> IdleResources:
    rows = list(
        Resource.objects.filter(entry__state=State.PUBLISHED)
        .select_related("entry__provider")
        .defer("entry__search_text")
        .order_by("entry__provider__name", "title")
    )
    told = _told(Aspect.CALLED, [row.slug for row in rows])
    idle = [Idle(row, told[row.slug].says) for row in rows if _is_idle(told.get(row.slug))]
    published = Entry.objects.filter(state=State.PUBLISHED)
    bare = published.exclude(Exists(Resource.objects.filter(entry=OuterRef("pk"))))
    return IdleResources(
        page=Paginator(idle, A_PAGE).get_page(page),
        mounted=len(rows),
        is_known=any(source.aspect == Aspect.CALLED for source in health_sources),
        unmounted=bare.count(),
    )


def _reading(
    aspect: Aspect, entry: Entry, resources: Sequence[Resource], known: Mapping[str, Reading]
) -> Reading:
    """`known`: by slug, what others know of this aspect."""
    if aspect == Aspect.MOUNTED:
        count = len(resources)
        words = kind_words(one.kind for one in resources)
        return Reading(count > 0, f"已挂载：{words}" if count else "还没有挂载")
    if not resources:
        return Reading(None, "挂载以后才知道")
    if told := [known[one.slug] for one in resources if one.slug in known]:
        return _together(told)
    if aspect == Aspect.CORRECT:
        return _together([_tried(one) for one in resources])
    if aspect == Aspect.FRESH:
        promise = entry.get_update_cycle_display()
        return Reading(None, f"写的是{promise}更新；没有归集记录，不知道是不是做到了")
    return Reading(None, "没有人计数，不知道")


def _told(aspect: Aspect, slugs: Sequence[str]) -> dict[str, Reading]:
    found: dict[str, list[Reading]] = {}
    for source in health_sources:
        if source.aspect == aspect and slugs:
            for slug, reading in source.tell(slugs).items():
                found.setdefault(slug, []).append(reading)
    return {slug: _of_one(readings) for slug, readings in found.items()}


def _of_one(readings: Sequence[Reading]) -> Reading:
    """What several sources know of one resource: bad if anybody saw so, else good if anybody did.

    Whoever knows nothing takes nothing from what another saw. What is wrong is said first.
    """
    ranked = sorted(readings, key=lambda one: {False: 0, True: 1, None: 2}[one.is_good])
    return Reading(ranked[0].is_good, _said(ranked))


def _together(readings: Sequence[Reading]) -> Reading:
    """Of several resources, as good as the worst: bad before unknown before good."""
    worst = sorted(readings, key=_badness)[0]
    return Reading(worst.is_good, _said(readings))


def _said(readings: Sequence[Reading]) -> str:
    """Each sentence once, in this order."""
    return "；".join(dict.fromkeys(part for one in readings for part in one.says.split("；")))


def _badness(reading: Reading) -> int:
    return {False: 0, None: 1, True: 2}[reading.is_good]


def _is_idle(reading: Reading | None) -> bool:
    return reading is not None and reading.is_good is False


def _tried(resource: Resource) -> Reading:
    """The contract alone: the columns came as promised. Whether values are right is not known."""
    if resource.probed_at is None:
        return Reading(None, f"{resource.title}：没有试用过")
    day = resource.probed_at.astimezone(clock.CITY_TIME)
    says = f"{resource.title}：{day:%Y-%m-%d} 试用成功，栏目齐全"
    if resource.probed_at < clock.now() - TRIED_LATELY:
        return Reading(None, f"{says}，已过 {TRIED_LATELY.days} 天，请再试")
    return Reading(True, says)


def lines_of(entry: Entry) -> Iterator[Mapping[str, object]]:
    """For the page: one word and one tag for each aspect."""
    for line in health_of(entry):
        tag, word = TAGS[line.reading.is_good]
        yield {"aspect": line.aspect.value, "says": line.reading.says, "tag": tag, "word": word}
