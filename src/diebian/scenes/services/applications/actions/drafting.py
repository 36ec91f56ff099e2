"""Before it counts: begin, choose, fill, throw away."""

from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.scenes.services.actions.rows import a_number
from diebian.scenes.services.applications import policy
from diebian.scenes.services.applications.filling import lines_of
from diebian.scenes.services.applications.members import members_of
from diebian.scenes.services.applications.refusals import ThemeChanged, ThemeRetired
from diebian.scenes.services.applications.rows import fillable, happened, locked
from diebian.scenes.services.forms import read_fields
from diebian.scenes.services.items.situations import chosen
from diebian.scenes.services.models import A_DRAFT_LIVES
from diebian.scenes.services.refusals import (
    MemberUnknown,
    OnlyPersons,
    PersonUnknown,
    QuestionsOpen,
)
from diebian.scenes.services.themes.guides import asks_of, guide_at, theme, version_in_force
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import PLATFORM, Actor, Refused, person, person_named

from .handing import let_go_of_all

Sent = Mapping[str, str]
PREFIX = "Y"  # so that nobody takes it for the number of one case


def begin(*, theme_code: str, members: Collection[str], sent: Sent, by: Actor) -> Application:
    """开始申请, with what was chosen on the guide. One draft for a person and a theme."""
    if not policy.may_begin(by):
        raise OnlyPersons
    person(by.key)  # refuses one whose real name is not known
    draft = _begun(theme_code, by.key, by.name, by, is_at_window=False)
    return choose(number=draft.number, members=members, sent=sent, by=by)


def begin_at_window(*, theme_code: str, id_number: str, name: str, by: Actor) -> Application:
    """The person sits at the window; the clerk fills in the person's name, not in their own."""
    if not policy.may_receive_at_window(by):
        raise Refused
    found = person_named(id_number=id_number.strip(), name=name.strip())
    if found is None:
        raise PersonUnknown
    return _begun(theme_code, found.key, found.name, by, is_at_window=True)


@transaction.atomic
def choose(*, number: str, members: Collection[str], sent: Sent, by: Actor) -> Application:
    """Which members, and the situations, in the version that is in force now. What was filled
    before and still fits is kept."""
    draft = fillable(number, by)
    version = version_in_force(draft.theme)
    if version is None or draft.theme.retired_on:
        raise ThemeRetired
    told = version.compiled
    taken = [part.code for part in told.parts if part.code in members]
    if not taken or len(taken) < len(set(members)):
        raise MemberUnknown
    if draft.version_id != version.pk:
        draft.values = {}
    draft.version, draft.members = version, taken
    draft.answers = chosen(asks_of(told, taken), sent)
    names = {line.own.name for line in lines_of(told, members_of(draft))}
    draft.values = {name: said for name, said in draft.values.items() if name in names}
    if names - set(draft.values):
        draft.stated_at = None
    draft.save(update_fields=["version", "members", "answers", "values", "stated_at"])
    return draft


@transaction.atomic
def fill(*, number: str, sent: Sent, by: Actor) -> None:
    """Keeps what was filled; refuses with a sentence for each line that is wrong."""
    draft = fillable(number, by)
    need_ready(draft)
    lines = lines_of(draft.version.compiled, members_of(draft))
    draft.values = read_fields([one.own for one in lines], sent)
    draft.stated_at = clock.now()
    draft.save(update_fields=["values", "stated_at"])


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
    """What nobody submitted within a day goes, like the draft of a single case."""
    if by != PLATFORM:
        raise Refused
    old = Application.objects.filter(state=State.DRAFT, opened_at__lt=clock.now() - A_DRAFT_LIVES)
    found = list(old.select_for_update(skip_locked=True))
    for draft in found:
        _forget(draft, State.LAPSED, "lapsed", by)
    return len(found)


@transaction.atomic
def _begun(theme_code: str, key: str, name: str, by: Actor, *, is_at_window: bool) -> Application:
    row = theme(theme_code)
    version = version_in_force(row)
    if row.retired_on or version is None:
        raise ThemeRetired
    found = Application.objects.filter(applicant_key=key, theme=row, state=State.DRAFT).first()
    if found is None:
        now = clock.now()
        made = Application(
            number=f"{PREFIX}{a_number(now)}",
            theme=row,
            version=version,
            applicant_key=key,
            applicant_name=name,
            members=[part.code for part in version.compiled.parts],
            is_at_window=is_at_window,
            opened_by=by.key,
            opened_at=now,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:  # the second of two clicks at once finds the first one's draft
            return Application.objects.get(applicant_key=key, theme=row, state=State.DRAFT)
        happened(made, "opened", by)
        return made
    if not policy.may_fill(by, found):
        # The person went on at a window, or at home: the draft goes with them.
        found = locked(found.number)
        found.opened_by, found.is_at_window = by.key, is_at_window
        found.save(update_fields=["opened_by", "is_at_window"])
        happened(found, "handed_over", by)
    return found


def _forget(draft: Application, state: State, verb: str, by: Actor) -> None:
    """It was never received: nothing of the person stays in it but that it was begun."""
    let_go_of_all(draft, by)
    draft.state, draft.values, draft.answers = state, {}, {}
    draft.save(update_fields=["state", "values", "answers"])
    happened(draft, verb, by)
