"""What waits for the reader, verb by verb, so that much of it can be done at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post, Refused
from diebian.standards.calendar import in_words

from .changes import open_changes
from .health import Aspect, Line, healths_of
from .models import ChangeState, Entry, EntryChange, State
from .resources import kind_words
from .reviews import AHEAD
from .snapshot import Difference, differences, facts_in, facts_of
from .users import used_by

A_PAGE = 50
MOST = 500  # at once: a form may have a thousand fields, and one request some seconds


@dataclass(frozen=True)
class Verb:
    """`title`: of the page. `act`: the button. `means`: what the reader says by pressing it."""

    slug: str
    title: str
    act: str
    means: str
    posts: frozenset[Post]
    wanted: Callable[[Actor], Q]
    done: str
    is_danger: bool = False


@dataclass(frozen=True)
class Row:
    """`differences`: of a change under way; of an entry, all that it says is new."""

    entry: Entry
    says: str
    kinds: str
    health: Sequence[Line]
    differences: Sequence[Difference]
    until: str
    used_by: str  # departments that would lose something; those are not withdrawn by the calendar


@dataclass(frozen=True)
class Batch:
    verb: Verb
    page: Page[Any]  # of `Row`


def _own(by: Actor) -> Q:
    return Q(provider__credit_code=by.department)


def _changes(*states: ChangeState) -> Q:
    found = EntryChange.objects.filter(entry=OuterRef("pk"), state__in=states)
    return Q(Exists(found), state=State.PUBLISHED)


def _to_review(by: Actor) -> Q:
    return _own(by) & Q(state=State.PUBLISHED, review_due__lte=clock.today() + AHEAD)


def _drafts(by: Actor) -> Q:
    return _own(by) & Q(state=State.DRAFT)


def _to_approve(by: Actor) -> Q:
    return _own(by) & (Q(state=State.OFFICE_REVIEW) | _changes(ChangeState.OFFICE_REVIEW))


def _to_publish(_by: Actor) -> Q:
    return Q(state=State.SUBMITTED) | _changes(ChangeState.SUBMITTED)


MANAGER, HEAD = frozenset({Post.DATA_MANAGER}), frozenset({Post.DATA_HEAD})
VERBS: Mapping[str, Verb] = {
    one.slug: one
    for one in (
        Verb(
            "review", "复核目录", "复核", "看过了，这些目录写的内容仍然对；下次复核在一年以后",
            MANAGER | HEAD, _to_review, "已复核",
        ),
        Verb(
            "submit", "提交草稿", "提交本部门审核", "这些草稿写好了，由本部门审核",
            MANAGER, _drafts, "已提交",
        ),
        Verb(
            "discard", "放弃草稿", "放弃", "这些草稿不要了，放弃后找不回来；发布过的回到已撤销",
            MANAGER, _drafts, "已放弃", is_danger=True,
        ),
        Verb(
            "approve", "审核目录", "同意，报主管部门", "看过了，同意这些目录和变更，报主管部门发布",
            HEAD, _to_approve, "已同意",
        ),
        Verb(
            "publish", "发布目录", "发布", "看过了，发布这些目录和变更",
            frozenset({Post.AUTHORITY}), _to_publish, "已发布",
        ),
    )
}  # fmt: skip


def verb_for(by: Actor, slug: str) -> Verb:
    if slug not in VERBS:
        raise NotFound
    found = VERBS[slug]
    if not _may(by, found):
        raise Refused
    return found


def waiting_counts(by: Actor) -> list[tuple[Verb, int]]:
    """For whom there is something: how much of each, for the list's head. Throwing away is found
    beside submitting.
    """
    mine = [verb for verb in VERBS.values() if _may(by, verb) and not verb.is_danger]
    counted = [(verb, _entries(verb, by).count()) for verb in mine]
    return [(verb, count) for verb, count in counted if count]


def batch(by: Actor, verb: Verb, page: str) -> Batch:
    shown: Page[Any] = Paginator(_entries(verb, by), A_PAGE).get_page(page)
    entries = list(shown.object_list)
    shown.object_list = _rows(verb, entries)
    return Batch(verb, shown)


def ids_of(by: Actor, verb: Verb, chosen: Sequence[str], *, is_all: bool) -> list[UUID]:
    """Of what was ticked, that which is still there to be done; `MOST` of it."""
    rows = _entries(verb, by)
    if not is_all:
        rows = rows.filter(public_id__in=[key for one in chosen if (key := _uuid(one))])
    return list(rows.values_list("public_id", flat=True)[:MOST])


def titles_of(entry_ids: Sequence[UUID]) -> list[str]:
    rows = Entry.objects.filter(public_id__in=list(entry_ids)).order_by("title", "pk")
    return list(rows.values_list("title", flat=True))


def _entries(verb: Verb, by: Actor) -> QuerySet[Entry]:
    rows = Entry.objects.filter(verb.wanted(by)).select_related("provider").defer("search_text")
    return rows.prefetch_related("items", "resources").order_by("review_due", "title", "pk")


def _rows(verb: Verb, entries: Sequence[Entry]) -> list[Row]:
    """What a page needs is asked once for all of it."""
    is_review = verb.slug == "review"
    healths = healths_of(entries) if is_review else {}
    in_use = used_by(entries) if is_review else {}
    changes = open_changes(entries)
    return [
        Row(
            entry=entry,
            says="、".join(item.name for item in entry.items.all()),
            kinds=kind_words(one.kind for one in entry.resources.all()),
            health=[one for one in healths.get(entry.pk, ()) if one.aspect != Aspect.MOUNTED],
            differences=_differences(entry, changes.get(entry.pk)),
            until=in_words(entry.review_due) if is_review else "",
            used_by=in_use.get(entry.pk, ""),
        )
        for entry in entries
    ]


def _differences(entry: Entry, change: EntryChange | None) -> Sequence[Difference]:
    if change is None or entry.state != State.PUBLISHED:
        return ()
    return list(differences(facts_of(entry), facts_in(change.after)))


def _may(by: Actor, verb: Verb) -> bool:
    return by.department != "" and any(by.holds(post) for post in verb.posts)


def _uuid(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None
