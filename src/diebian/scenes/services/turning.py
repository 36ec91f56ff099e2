"""Where a draft has to go before anything else: its item has changed, or a question is open."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect

from diebian.base.directory.public import Change

from .items.models import State as VersionState
from .items.situations import open_questions
from .items.told import changes_of, names_in
from .models import Case, ItemVersion, State


def turned_aside(case: Case) -> HttpResponse | None:
    """Nothing where the page that was asked for can be shown."""
    if case.state != State.DRAFT:
        return redirect("services:track", case.case_no)
    if case.version.state != VersionState.IN_FORCE:
        return redirect("services:renew", case.case_no)
    if open_questions(case.version.facts, case.chosen):
        return redirect("services:questions", case.case_no)
    return None


def what_changed(case: Case) -> Sequence[Change]:
    """Between the version that the draft was begun with and the one in force, in words."""
    will = ItemVersion.objects.get(item=case.item, state=VersionState.IN_FORCE).facts
    was = case.version.facts
    return list(changes_of("", was, will, names_in([was, will])))
