"""开始申请: by page, for oneself or another, or at the window."""

from collections.abc import Collection, Mapping, Sequence

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.scenes.services.actions.rows import a_number
from diebian.scenes.services.applications import behalf, policy
from diebian.scenes.services.applications.giving import is_for_companies
from diebian.scenes.services.applications.rows import PREFIX, happened, locked
from diebian.scenes.services.drafts import lapses_at
from diebian.scenes.services.policy import acts_for_another
from diebian.scenes.services.refusals import NotForCompanies, OnlyPersons, PersonUnknown
from diebian.scenes.services.themes.guides import theme
from diebian.scenes.services.themes.models import Application, Theme
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import Actor, Refused, company, party, person_named

from .drafting import choose, taken_of, version_of


@transaction.atomic
def begin(
    *,
    theme_code: str,
    members: Collection[str],
    sent: Mapping[str, str],
    giver: str = "",
    by: Actor,
) -> Application:
    """开始申请, with what was chosen on the guide. One draft for an applicant and a theme: whoever
    begins again goes on in it, and what is not answered this time stays as it was.

    `giver`: key of somebody else for whom it is, by mandates for each member; empty: for oneself.
    """
    if not policy.may_begin(by):
        raise OnlyPersons
    row, key = theme(theme_code), giver or by.key
    taken = taken_of(version_of(row), members)
    behalf.refuse_without_mandate(by, key, taken)
    if company(key) is not None and not is_for_companies(row):
        raise NotForCompanies
    known = party(key)  # refuses one whose real name is not known
    draft = _begun(row, taken, key, known.name, by, is_at_window=False)
    answers = draft.answers | {name: said for name, said in sent.items() if said}
    return choose(number=draft.number, members=members, sent=answers, by=by)


def begin_at_window(*, theme_code: str, id_number: str, name: str, by: Actor) -> Application:
    """The person sits at the window; the clerk fills in the person's name, not in their own."""
    if not policy.may_receive_at_window(by):
        raise Refused
    found = person_named(id_number=id_number.strip(), name=name.strip())
    if found is None:
        raise PersonUnknown
    row = theme(theme_code)
    whole = [part.code for part in version_of(row).compiled.parts]
    return _begun(row, whole, found.key, found.name, by, is_at_window=True)


@transaction.atomic
def _begun(
    row: Theme, members: Sequence[str], key: str, name: str, by: Actor, *, is_at_window: bool
) -> Application:
    found = Application.objects.filter(applicant_key=key, theme=row, state=State.DRAFT).first()
    if found is None:
        now = clock.now()
        made = Application(
            number=f"{PREFIX}{a_number(now)}",
            theme=row,
            version=version_of(row),
            applicant_key=key,
            applicant_name=name,
            members=members,
            is_at_window=is_at_window,
            opened_by=by.key,
            opened_at=now,
            lapses_at=lapses_at(now),
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:  # the second of two clicks at once finds the first one's draft
            return Application.objects.get(applicant_key=key, theme=row, state=State.DRAFT)
        happened(made, "opened", by)
        return made
    if policy.may_fill(by, found):
        return found
    if acts_for_another(by, found):  # it has members that were not given
        raise behalf.absent(by, found)
    # The person went on at a window, or at home: the draft goes with them.
    found = locked(found.number)
    found.opened_by, found.is_at_window = by.key, is_at_window
    found.save(update_fields=["opened_by", "is_at_window"])
    happened(found, "handed_over", by)
    return found
