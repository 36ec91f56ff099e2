"""How a material of an item is answered: one pure function, asked by whoever has to know.

The guide, the window, the reviewer's notice, the editor and the ledger all ask it with the same
facts (`standing`), so none of them can demand what another says is held.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.db.models import TextChoices

from .models import Kind


class Answer(TextChoices):
    LICENCE = "licence", "用电子证照"
    DATA = "data", "部门互取"
    STATEMENT = "statement", "勾选一句"
    FORM = "form", "网上填"
    SUBMIT = "submit", "要您交"


class Way(TextChoices):
    """How an item takes a material: empty, as it resolves; or what the department decided."""

    NORMAL = "", "按登记册"
    STATEMENT = "statement", "本人声明代替"
    PAPER = "paper", "必须交原件"


class Step(StrEnum):
    """What has to happen before a paper is not asked for any more."""

    COLLECT = "collect"  # licences of this type
    CATALOGUE = "catalogue"  # a data set that nobody has described
    PUBLISH = "publish"
    SHARE = "share"  # what is withheld
    MOUNT = "mount"  # an interface behind the entry
    ASK = "ask"  # for a grant
    GRANT = "grant"  # the request is under way


@dataclass(frozen=True)
class Subject:
    """The material, as the register says."""

    code: str
    name: str
    kind: Kind
    licence_type: str = ""
    dataset: str = ""
    provider: str = ""


@dataclass(frozen=True)
class LicenceType:
    name: str
    issuer: str
    issuer_name: str
    is_collected: bool


@dataclass(frozen=True)
class Own:
    """The applicant's own licence of one type; `says`: its number and until when."""

    held_id: int
    says: str
    state: str
    is_usable: bool


@dataclass(frozen=True)
class Column:
    name: str  # ours, in the contract
    label: str
    is_sensitive: bool = False


@dataclass(frozen=True)
class Interface:
    """`asks_for`: what it has to be told to answer."""

    slug: str
    title: str
    asks_for: frozenset[str] = frozenset()
    columns: Sequence[Column] = ()


@dataclass(frozen=True)
class Held:
    """A data set, and what is mounted behind its entry."""

    title: str
    provider: str
    provider_name: str
    is_published: bool
    is_withheld: bool
    basis: str
    interfaces: Sequence[Interface] = ()

    @property
    def can_be_asked(self) -> bool:
        return self.is_published and not self.is_withheld and bool(self.interfaces)


@dataclass(frozen=True)
class Granted:
    """`columns`: what it gives row by row; empty where it only verifies or is delivered."""

    grant: int
    request: int
    region: str  # empty: the whole city
    system: str = ""
    purpose: str = ""
    columns: Sequence[str] = ()


@dataclass(frozen=True)
class Standing:
    """What is collected, mounted, granted and asked for at the moment."""

    types: Mapping[str, LicenceType] = field(default_factory=dict)
    sets: Mapping[tuple[str, str], Held] = field(default_factory=dict)  # provider, title
    grants: Mapping[tuple[str, str], Sequence[Granted]] = field(default_factory=dict)
    asked: frozenset[tuple[str, str]] = frozenset()  # interface, consumer
    names: Mapping[str, str] = field(default_factory=dict)  # departments by credit code
    own: Mapping[str, Own] | None = None  # by type, the applicant's; nothing: of nobody yet


@dataclass(frozen=True)
class Lever:
    """What would answer, and who has to do what. `key` is one for all whom the same thing helps."""

    step: Step
    key: str
    title: str  # of the licence or data set
    whose: str  # credit code of the department whose turn it is
    who: str
    does: str


@dataclass(frozen=True)
class Resolved:
    answer: Answer
    reason: str
    holder: str = ""  # who has it
    request: int | None = None  # the share request under which it is had
    lever: Lever | None = None
    interface: Interface | None = None  # that answers, under this grant
    granted: Granted | None = None
    own: Own | None = None  # the applicant's licence that answers

    @property
    def is_held(self) -> bool:
        """Government has it: nobody may demand it (优化营商环境条例 第三十六条)."""
        return self.answer in {Answer.LICENCE, Answer.DATA}

    @property
    def is_demanded(self) -> bool:
        return self.answer == Answer.SUBMIT


ONLY_YOURS = "只有您手里有，部门之间查不到"
FILLED = "在网上的表里填，不用另交纸"
UNKNOWN = "有关部门"
NOT_YET = "还没有和办理部门接通，接通以后就不用交"
STATED = "勾选一句本人声明代替，不用去开证明"


def resolve(
    subject: Subject, standing: Standing, *, consumer: str, county: str = "", way: str = ""
) -> Resolved:
    """`consumer`: credit code of the department that decides; `county`: where the applicant is."""
    if way == Way.STATEMENT:
        return Resolved(Answer.STATEMENT, STATED)
    if subject.kind == Kind.FORM:
        return Resolved(Answer.FORM, FILLED)
    if subject.kind == Kind.LICENCE:
        return _licence(subject, standing)
    if subject.kind == Kind.DATA:
        return _data(subject, standing, consumer, county)
    return Resolved(Answer.SUBMIT, ONLY_YOURS)


def _licence(subject: Subject, standing: Standing) -> Resolved:
    found = standing.types.get(subject.licence_type)
    if found is None:
        return Resolved(Answer.SUBMIT, "这种证照还没有列入电子证照目录")
    if not found.is_collected:
        lever = Lever(
            step=Step.COLLECT,
            key=f"licence:{subject.licence_type}",
            title=f"电子证照“{found.name}”",
            whose=found.issuer,
            who=found.issuer_name,
            does=f"归集电子证照“{found.name}”",
        )
        told = f"{found.issuer_name}签发的还没有归集成电子证照，归集后就不用交"
        return Resolved(Answer.SUBMIT, told, lever=lever)
    if standing.own is not None:
        return _own(found, standing.own.get(subject.licence_type))
    reason = f"已有电子证照“{found.name}”，由{found.issuer_name}签发，审核时直接调用"
    return Resolved(Answer.LICENCE, reason, holder=found.issuer_name)


def _own(of: LicenceType, own: Own | None) -> Resolved:
    """Collected is the type: whether this applicant has one that is good today is asked of her."""
    if own is None:
        told = (
            f"{of.issuer_name}的数据里没有查到您的电子证照“{of.name}”，请交一份；"
            f"您有纸质的，也可以请{of.issuer_name}补录"
        )
        return Resolved(Answer.SUBMIT, told)
    if not own.is_usable:
        told = (
            f"您的“{of.name}”（{own.says}）现在是“{own.state}”，不能用；"
            f"请交换发的新证，还没有办的先向{of.issuer_name}办"
        )
        return Resolved(Answer.SUBMIT, told)
    told = f"已有：{of.name}，{own.says}，{of.issuer_name}颁发"
    return Resolved(Answer.LICENCE, told, holder=of.issuer_name, own=own)


def _data(subject: Subject, standing: Standing, consumer: str, county: str) -> Resolved:
    held = standing.sets.get((subject.provider, subject.dataset))
    if held is not None and subject.provider == consumer:
        told = f"{held.provider_name}自己就有“{held.title}”"
        return Resolved(Answer.DATA, told, holder=held.provider_name)
    if held is None or not held.can_be_asked:
        return _waits(subject, standing, *_before_it_can_be_asked(subject, held, consumer))
    for one in held.interfaces:
        for grant in standing.grants.get((one.slug, consumer), ()):
            if _reaches(grant.region, county):
                reason = f"向{held.provider_name}查询“{one.title}”，不用开证明"
                found = Resolved(Answer.DATA, reason, held.provider_name, grant.request)
                return replace(found, interface=one, granted=grant)
    if any((one.slug, consumer) in standing.asked for one in held.interfaces):
        own = standing.names.get(consumer, UNKNOWN)
        does = f"答复{own}对“{held.title}”的申请"
        return _waits(subject, standing, Step.GRANT, subject.provider, does)
    does = f"向{held.provider_name}申请“{held.title}”"
    return _waits(subject, standing, Step.ASK, consumer, does)


def _before_it_can_be_asked(
    subject: Subject, held: Held | None, consumer: str
) -> tuple[Step, str, str]:
    """The step, whose turn it is, and what they do."""
    title = subject.dataset
    if held is None:
        return Step.CATALOGUE, subject.provider, f"为“{title}”编目"
    if not held.is_published:
        return Step.PUBLISH, subject.provider, f"发布目录“{title}”"
    if held.is_withheld:
        does = f"向数据主管部门提出“{title}”的共享争议（现在不予共享：{held.basis}）"
        return Step.SHARE, consumer, does
    return Step.MOUNT, subject.provider, f"为“{title}”挂载接口"


def _reaches(region: str, county: str) -> bool:
    """A grant of one county answers for its people alone, and for nobody of whom it is unknown."""
    return not region or county.startswith(region)


def _waits(subject: Subject, standing: Standing, step: Step, whose: str, does: str) -> Resolved:
    """The reason is for whoever has to bring it; what officials have to do is the lever's."""
    lever = Lever(
        step=step,
        key=f"data:{subject.provider}:{subject.dataset}",
        title=f"数据“{subject.dataset}”",
        whose=whose,
        who=standing.names.get(whose, UNKNOWN),
        does=does,
    )
    provider = standing.names.get(subject.provider, UNKNOWN)
    reason = f"{provider}有这份信息，{'按规定现在不能共享' if step == Step.SHARE else NOT_YET}"
    return Resolved(Answer.SUBMIT, reason, lever=lever)
