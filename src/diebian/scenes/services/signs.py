"""What the scene shows in the portal: a search, places in the menu, the home page's pieces."""

from collections.abc import Sequence

from django.urls import reverse

from diebian.kernel.menu import Group
from diebian.portal.home.public import (
    Count,
    CountProvider,
    Hit,
    MenuEntry,
    Panel,
    PanelProvider,
    PhraseProvider,
    SearchProvider,
    Topic,
    TopicProvider,
    Way,
)
from diebian.security.identity.public import Actor, Post
from diebian.security.tracker.public import count_reads

from . import selectors
from .models import Case, ServiceItem, State
from .themes.signs import hits as theme_hits

WEEKDAYS = "一二三四五六日"


def _hits(words: str) -> list[Hit]:
    """What a person can apply for, then themes, then what organisations apply for."""
    items = selectors.search(words)
    own = selectors.for_persons(items)
    mine = [_hit(one, "可网上办", "ok") for one in items if one.pk in own]
    others = [_hit(one, "单位申办", "wait") for one in items if one.pk not in own]
    return [*mine, *theme_hits(words), *others]


def _hit(one: ServiceItem, tag: str, tone: str) -> Hit:
    return Hit(
        title=one.name,
        summary=one.department.name,
        address=reverse("services:guide", args=[one.code]),
        tag=tag,
        tone=tone,
    )


def _is_person(actor: Actor) -> bool:
    return actor.is_person


def _panel(actor: Actor) -> Panel | None:
    """The newest case that is under way."""
    case = selectors.under_way(actor) if actor.is_person else None
    if case is None:
        return None
    return Panel(
        title="您有一件事在办",
        subject=case.item.name,
        says=_says(case),
        address=reverse("services:track", args=[case.case_no]),
        link="接着填" if case.state == State.DRAFT else "看办到哪一步",
        tag=case.get_state_display(),
        tone="wait" if case.state in {State.DRAFT, State.SUPPLEMENT} else "go",
    )


def _says(case: Case) -> str:
    if case.state == State.DRAFT:
        return "还没有提交，填过的替您存着，点开接着填。"
    if case.state == State.SUPPLEMENT:
        return "请您补充一次，补好之前时钟停着。"
    if case.waits_for:
        return f"正等“{case.waits_for}”的系统恢复，您不用做什么。"
    due = selectors.clock_of(case).promised_due
    if due is None:
        return "已收件，正在向部门查询。"
    return (
        f"{case.department.name}在审核，最晚 {due.month} 月 {due.day} 日"
        f"（周{WEEKDAYS[due.weekday()]}）办完。您现在不用做什么。"
    )


def _cases(actor: Actor) -> Count | None:
    if not actor.is_person:
        return None
    count = selectors.cases_of(actor).count()
    return Count(f"{count} 件", "我的办件", "办到哪一步，随时看", reverse("services:mine"))


def _wanted(actor: Actor) -> Count | None:
    if not actor.is_person:
        return None
    count = selectors.cases_of(actor).filter(state=State.SUPPLEMENT).count()
    says = "请尽快补充，时钟停着" if count else "没有要您做的"
    return Count(f"{count} 件", "等您补充", says, reverse("services:mine"))


def _reads(actor: Actor) -> Count | None:
    if not actor.is_person:
        return None
    times = count_reads(person_key=actor.key)
    return Count(f"{times} 次", "数据被使用", "谁、为了什么事", reverse("services:reads"))


def _topics() -> Sequence[Topic]:
    return [
        Topic(one["title"], one["says"], f"{reverse('home:search')}?q={one['search']}", one["icon"])
        for one in selectors.topics()
    ]


PROVIDER = SearchProvider(slug="services", find=_hits)
PANEL = PanelProvider(slug="services", panel=_panel)
COUNTS = (
    CountProvider("cases", _cases),
    CountProvider("wanted", _wanted),
    CountProvider("reads", _reads),
)
TOPICS = TopicProvider(slug="services", topics=_topics)
PHRASES = PhraseProvider(slug="services", phrases=selectors.phrases)
MENU = (
    MenuEntry("my-cases", "我的办件", "services:mine", _is_person, group=Group.MINE),
    MenuEntry("my-reads", "谁查过我", "services:reads", _is_person, group=Group.MINE),
    MenuEntry("window", "综合窗口", "services:window", lambda actor: actor.holds(Post.WINDOW)),
    MenuEntry("review", "审核台", "services:desk", lambda actor: actor.holds(Post.REVIEWER)),
)
FAMILY = Way(
    "family",
    "让家人替您办",
    "写明办哪几件、办到哪天，家人用自己的账户办，每一步您都知道；不上网的到窗口当面授权",
    "mandates:mine",
    "users",
)
