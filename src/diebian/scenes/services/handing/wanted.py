"""What a case wants handed in, and what of it has come: one answer for all of its pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from diebian.kernel import clock
from diebian.scenes.services.journey import Journey
from diebian.scenes.services.journey_parts import Material
from diebian.scenes.services.materials.models import Material as Entry
from diebian.scenes.services.models import OPEN, Case, HandedIn, Promise, State

BY_SUPPLEMENT = "审核的人请您补"


@dataclass(frozen=True)
class WantedPaper:
    """`later`: working days within which it may follow (容缺), nought: it is wanted at once."""

    key: str
    name: str
    says: str
    later: int
    files: Sequence[HandedIn]
    is_on_paper: bool  # the window has taken the paper itself
    promise: Promise | None
    is_open: bool  # it may be handed in now

    @property
    def has_come(self) -> bool:
        return bool(self.files) or self.is_on_paper

    @property
    def is_outstanding(self) -> bool:
        return self.promise is not None and not self.has_come

    @property
    def is_late(self) -> bool:
        promise = self.promise
        return promise is not None and not self.has_come and promise.until < clock.today()

    @property
    def is_missing(self) -> bool:
        return self.promise is None and not self.has_come


def wanted_of(case: Case, journey: Journey) -> list[WantedPaper]:
    """In the order of the item; what a supplement asked for comes last."""
    came: dict[str, list[HandedIn]] = {}
    for one in case.handed.select_related("paper"):
        came.setdefault(one.material, []).append(one)
    promises = {one.material: one for one in case.promises.all()}
    on_paper = set(case.papers_taken.values_list("name", flat=True))
    asked = [*journey.demanded, *_supplemented(case, journey)]
    return [
        WantedPaper(
            key=one.key,
            name=one.name,
            says=one.says,
            later=one.later,
            files=came.get(one.key, []),
            is_on_paper=one.name in on_paper,
            promise=promises.get(one.key),
            is_open=_is_open(case, one, is_promised=one.key in promises),
        )
        for one in asked
    ]


def missing_in(case: Case, journey: Journey) -> list[str]:
    """Names of what has neither come nor been promised."""
    if not journey.demanded:
        return []
    return [one.name for one in wanted_of(case, journey) if one.is_missing]


def outstanding(case: Case) -> list[Promise]:
    """Promised, and not there yet."""
    promises = list(case.promises.all())
    if not promises:
        return []
    came = set(case.handed.values_list("material", flat=True))
    on_paper = set(case.papers_taken.values_list("name", flat=True))
    return [one for one in promises if one.material not in came and one.title not in on_paper]


def _supplemented(case: Case, journey: Journey) -> list[Material]:
    notice = getattr(case, "supplement", None)
    if notice is None or not notice.materials:
        return []
    known = {one.key for one in journey.demanded}
    names = Entry.objects.filter(code__in=notice.materials).values_list("code", "name")
    return [
        Material(name, "file", BY_SUPPLEMENT, (), code=code)
        for code, name in names
        if code not in known
    ]


def _is_open(case: Case, one: Material, *, is_promised: bool) -> bool:
    """A draft's; later what a supplement asks for, what was promised, and what a case of a theme,
    which nobody filled by itself, still wants.
    """
    if case.state == State.DRAFT:
        return True
    if case.state == State.SUPPLEMENT and one.key in case.supplement.materials:
        return True
    return case.state in OPEN and (is_promised or case.application_id is not None)
