"""Before it counts: choose, fill, say that one wants it, throw away."""

from collections.abc import Collection, Mapping

from django.db import transaction

from diebian.kernel import clock
from diebian.scenes.services.actions.placing import PLACE
from diebian.scenes.services.actions.receiving import may_take_in
from diebian.scenes.services.applications import behalf, policy, true_will
from diebian.scenes.services.applications.filling import lines_of
from diebian.scenes.services.applications.members import members_of
from diebian.scenes.services.applications.places import deciding, read_places
from diebian.scenes.services.applications.refusals import ThemeChanged, ThemeRetired
from diebian.scenes.services.applications.rows import fillable, happened
from diebian.scenes.services.applications.telling import tell_true_will_wanted
from diebian.scenes.services.forms import read_fields
from diebian.scenes.services.items.situations import chosen
from diebian.scenes.services.policy import acts_for_another
from diebian.scenes.services.refusals import (
    FormUnfinished,
    MemberUnknown,
    NotCityWide,
    QuestionsOpen,
)
from diebian.scenes.services.themes.guides import asks_of, guide_at, version_in_force
from diebian.scenes.services.themes.models import Application, Theme, ThemeVersion
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused

from .handing import let_go_of_all

Sent = Mapping[str, str]


@transaction.atomic
def choose(*, number: str, members: Collection[str], sent: Sent, by: Actor) -> Application:
    """Which members, and the situations, in the version that is in force now. What was filled
    before and still fits is kept."""
    draft = fillable(number, by)
    version = version_of(draft.theme)
    told, taken = version.compiled, taken_of(version, members)
    behalf.refuse_without_mandate(by, draft.applicant_key, taken)
    if draft.version_id != version.pk:
        draft.values = {}
    if draft.members != taken:
        draft.true_will_at = None  # she said it of others
    draft.version, draft.members = version, taken
    draft.answers = chosen(asks_of(told, taken), sent)
    names = {line.own.name for line in lines_of(told, members_of(draft))}
    draft.values = {name: said for name, said in draft.values.items() if name in names}
    if names - set(draft.values):
        draft.stated_at = None
    draft.save(
        update_fields=["version", "members", "answers", "values", "stated_at", "true_will_at"]
    )
    return draft


@transaction.atomic
def fill(*, number: str, sent: Sent, by: Actor) -> None:
    """Keeps what was filled; refuses with a sentence for each line that is wrong."""
    draft = fillable(number, by)
    need_ready(draft)
    members = members_of(draft)
    lines = lines_of(draft.version.compiled, members)
    draft.places = read_places(members, sent)
    need_a_window_that_may(draft, by)
    told = {name: said for name, said in sent.items() if not name.startswith(PLACE)}
    draft.values = read_fields([one.own for one in lines], told)
    draft.stated_at = clock.now()
    draft.true_will_at = None  # she said it of what stood there before
    draft.save(update_fields=["values", "places", "stated_at", "true_will_at"])
    if acts_for_another(by, draft) and true_will.is_missing(draft, by):
        tell_true_will_wanted(draft)


@transaction.atomic
def say_true_will(*, number: str, by: Actor) -> None:
    """本人真实意愿: said by the applicant herself, or to the clerk before whom she sits."""
    draft = fillable(number, by)
    if not policy.may_say_true_will(by, draft):
        raise Refused
    if draft.stated_at is None:
        raise FormUnfinished
    draft.true_will_at = clock.now()
    draft.save(update_fields=["true_will_at"])
    happened(draft, "true_will_said", by)


def need_a_window_that_may(draft: Application, by: Actor) -> None:
    """As for one item: what another county decides, a window takes in where it is 全市通办."""
    if not draft.is_at_window or not by.holds(Post.WINDOW):
        return
    found, members = deciding(draft), members_of(draft)
    elsewhere = [
        one.name for one in members
        if not may_take_in(found[one.code].credit_code, window=by.department,
                           is_city_wide=one.version.facts.city_wide)
    ]  # fmt: skip
    if elsewhere:
        raise NotCityWide("、".join(elsewhere))


def need_ready(draft: Application) -> None:
    """On the version in force, with every question answered."""
    newest = version_in_force(draft.theme)
    if newest is None or newest.pk != draft.version_id:
        raise ThemeChanged
    if not guide_at(newest, draft.answers, draft.members).is_settled:
        raise QuestionsOpen


@transaction.atomic
def discard(*, number: str, by: Actor) -> None:
    _forget(fillable(number, by), State.WITHDRAWN, "discarded", by)


@transaction.atomic
def lapse_drafts(*, by: Actor) -> int:
    """What nobody submitted in its time goes, like the draft of a single case."""
    if by != PLATFORM:
        raise Refused
    old = Application.objects.filter(state=State.DRAFT, lapses_at__lt=clock.now())
    found = list(old.select_for_update(skip_locked=True))
    for draft in found:
        _forget(draft, State.LAPSED, "lapsed", by)
    return len(found)


def version_of(row: Theme) -> ThemeVersion:
    """The one by which it is applied for now."""
    version = version_in_force(row)
    if row.retired_on or version is None:
        raise ThemeRetired
    return version


def taken_of(version: ThemeVersion, members: Collection[str]) -> list[str]:
    taken = [part.code for part in version.compiled.parts if part.code in members]
    if not taken or len(taken) < len(set(members)):
        raise MemberUnknown
    return taken


def _forget(draft: Application, state: State, verb: str, by: Actor) -> None:
    """It was never received: nothing of the person stays in it but that it was begun."""
    let_go_of_all(draft, by)
    draft.state, draft.values, draft.answers = state, {}, {}
    draft.save(update_fields=["state", "values", "answers"])
    happened(draft, verb, by)
