"""Since when paper is owed, and that it is not any more: called where a case is locked."""

from diebian.kernel import clock
from diebian.scenes.services.models import Case, Channel, Handover
from diebian.scenes.services.selectors import is_licensing
from diebian.standards.calendar import in_words

from .selectors import due_of, owed

AT_WINDOW = "带身份证到本市任何一个综合窗口领"


def owe(case: Case) -> str:
    """Once the licence is issued. In words what happens now; empty where nothing is owed.

    Who applied for a licence at a window has it on paper unless she said otherwise: she may have
    no phone.
    """
    row = Handover.objects.filter(case=case).first()
    is_licence = is_licensing(case.version.facts)
    if row is None and is_licence and case.channel == Channel.WINDOW:
        row = Handover(case=case, way=Handover.Way.COLLECT, said_at=clock.now())
    if row is None or row.way == Handover.Way.ONLINE:
        return ""
    row.is_licence, row.since = is_licence, clock.now()
    row.save()
    return promised(row)


def promised(row: Handover) -> str:
    """For the applicant: who does what, and until when."""
    due = due_of(row)
    last = f"最晚 {in_words(due.on)}" if due is not None and due.on is not None else ""
    if row.way == Handover.Way.MAIL:
        return f"综合窗口{last}交给快递，寄给 {row.to_name}"
    return f"{AT_WINDOW}{f'，{last}交到您手里' if last else ''}"


def fulfil(case: Case) -> None:
    """By the act that hands it over."""
    owed().filter(case=case).update(ended_at=clock.now())


def owe_again(case: Case) -> None:
    """What came back is owed as before: a parcel that is returned moves no day."""
    Handover.objects.filter(case=case, since__isnull=False).update(ended_at=None)
