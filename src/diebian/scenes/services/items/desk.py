"""What officials see of their items: which there are, what is under way, what a change touches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery

from diebian.base.directory.public import Change
from diebian.kernel.errors import NotFound
from diebian.kernel.registry import Registry
from diebian.scenes.services.materials.demands import register_for
from diebian.scenes.services.materials.models import Material
from diebian.security.identity.public import Actor

from . import policy
from .checking import Likeness, likenesses
from .facts import ItemFacts
from .models import UNDER_WAY, ItemVersion, ServiceItem, State
from .told import changes_of, names_in

A_PAGE = 50


@dataclass(frozen=True)
class Touch:
    """What else hangs on an item: components above say it, in words, with how many."""

    slug: str
    says: Callable[[ServiceItem], str]  # empty where nothing hangs on it


touches = Registry[Touch]("what a change of an item touches")


@dataclass(frozen=True)
class Draft:
    version: ItemVersion
    changes: Sequence[Change]
    touches: Sequence[str]
    held: Sequence[str]  # papers that it lists and nobody has to bring
    likenesses: Sequence[Likeness]
    may_write: bool
    may_submit: bool
    may_approve: bool
    may_pass: bool
    may_send_back: bool


def items_for(by: Actor, words: str, state: str) -> QuerySet[ServiceItem]:
    """The own department's; the authority sees all. `state`: of the version that is under way."""
    under_way = ItemVersion.objects.filter(item=OuterRef("pk"), state__in=UNDER_WAY)
    rows = ServiceItem.objects.filter(retired_on=None).select_related("department")
    rows = rows.annotate(under_way=Subquery(under_way.values("state")[:1]))
    if not policy.may_pass(by):
        rows = rows.filter(department__credit_code=by.department)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code=words) | Q(national_code=words))
    if state in UNDER_WAY:
        rows = rows.filter(under_way=state)
    return rows.order_by("code")


def page_of(by: Actor, words: str, state: str, page: str) -> Page[ServiceItem]:
    return Paginator(items_for(by, words, state), A_PAGE).get_page(page)


def item_for(by: Actor, code: str) -> ServiceItem:
    """The own department's, or any for the authority; for others it is the public guide."""
    found = ServiceItem.objects.select_related("department").filter(code=code).first()
    if found is None or not (policy.may_pass(by) or by.department == found.department.credit_code):
        raise NotFound
    return found


def in_force(item: ServiceItem) -> ItemVersion:
    return item.versions.get(state=State.IN_FORCE)


def draft_of(by: Actor, item: ServiceItem) -> Draft | None:
    version = item.versions.filter(state__in=UNDER_WAY).first()
    if version is None or not policy.may_see_draft(by, version):
        return None
    was, will = in_force(item).facts, version.facts
    register = register_for(will.credit_code, "")
    is_draft = version.state == State.DRAFT
    return Draft(
        version=version,
        changes=list(changes_of("", was, will, names_in([was, will]))),
        touches=[says for one in touches if (says := one.says(item))],
        held=[
            f"{register.called[code]}：{register.answers[code].reason}"
            for code in will.codes
            if code in register.answers and register.answers[code].is_held
        ],
        likenesses=likenesses(will, register),
        may_write=is_draft and policy.may_write(by, item),
        may_submit=is_draft and policy.may_write(by, item),
        may_approve=version.state == State.OFFICE_REVIEW and policy.may_approve(by, item),
        may_pass=version.state == State.SUBMITTED and policy.may_pass(by),
        may_send_back=policy.may_send_back(by, version),
    )


def written_facts(item: ServiceItem) -> tuple[ItemFacts, str]:
    """What the form begins with: the draft that there is, with its reason, or what is in force."""
    draft = item.versions.filter(state=State.DRAFT).first()
    return (draft.facts, draft.why) if draft else (in_force(item).facts, "")


def known_names() -> dict[str, str]:
    """Every name, alias and code of the register to its code."""
    rows = Material.objects.filter(retired_on=None)
    return {name: row.code for row in rows for name in (*row.names, row.code)}
