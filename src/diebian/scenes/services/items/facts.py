"""What an item says, as one value: a version keeps it whole, columns are made from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from diebian.standards.marks import Mark
from diebian.standards.money import yuan

# In the item's row, for lists, searches and joins; the rest stands in its version alone.
COLUMNS = (
    "name", "kind", "national_code", "national_mark", "statutory_days", "statutory_unit",
    "statutory_source", "statutory_check", "promised_days", "promised_mark", "mark", "fee",
    "words", "city_wide", "cross_region", "system", "asks_true_will",
    "is_joint",
)  # fmt: skip
FIELD_KINDS = {
    "text": "文字", "long": "大段文字", "money": "金额", "count": "整数", "date": "日期",
    "phone": "电话", "id_number": "身份证号",
}  # fmt: skip
ACCEPTANCE, HANDING_OUT = "acceptance", "handing_out"
MOMENTS = {ACCEPTANCE: "受理以前", HANDING_OUT: "领取决定以前"}  # by which a fee is paid
FREE = "不收费"  # as the fee of an item says it
ALL_OF_IT = 100  # percent
ENDS = {"withdrawn": "撤回", "refused": "不予办理"}  # after which it may go back
PERSONS, ORGANISATIONS = "自然人", "法人"  # the two kinds of 服务对象
MOST_LATER = 60  # working days; the department's own bound is shorter
ACCOUNT = "实名账户"  # an origin: what is known of whoever signed in
# Came later: where it says nothing it is not kept, and older documents and digests still agree.
LATER = ("asks_true_will", "is_joint", "process", "charging", "cross_ways")
TEXTS_IN = ("levels", "objects", "conditions", "cross_ways")
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Situation:
    """情形: a question whose answers choose papers and fields. `asked_when` as in `Demand`."""

    slug: str
    question: str
    choices: tuple[str, ...]  # an answer is its own value: what people read is what is kept
    asked_when: Mapping[str, Sequence[str]] = field(default_factory=dict)
    says: str = ""


@dataclass(frozen=True)
class Demand:
    """A paper of the item: by its entry in the register, or by a name that is not there yet.

    `when`: slug of a situation to the answers under which it is wanted; empty: always. `way`: as
    it resolves (empty), by a statement, or the paper itself. `later`: 容缺, the working days within
    which it may follow; nought: it has to be there at once.
    """

    material: str = ""
    name: str = ""
    when: Mapping[str, Sequence[str]] = field(default_factory=dict)
    way: str = ""
    note: str = ""
    later: int = 0


@dataclass(frozen=True)
class FormField:
    """What stands in the form, and where it is filled from; empty: only the person knows it.

    `kind`: how the person writes it, one of `FIELD_KINDS`.
    """

    label: str
    origin: str = ""
    when: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kind: str = "text"


@dataclass(frozen=True)
class Charge:
    """收费标准: one thing that is paid for. `fen`: whole numbers; `basis`: law or tariff."""

    label: str
    fen: int
    basis: str
    when: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def yuan(self) -> str:
        return yuan(self.fen)


@dataclass(frozen=True)
class Reduction:
    """减免: under which answers how many percent of the charges are left off, and by what."""

    label: str
    percent: int
    basis: str
    when: Mapping[str, Sequence[str]]

    @property
    def says(self) -> str:
        return "免收" if self.percent == ALL_OF_IT else f"减收 {self.percent}%"


@dataclass(frozen=True)
class Charging:
    """What a case costs. `before`: the moment by which it is paid, of `MOMENTS`; `days`: working
    days to pay it; `given_back`: ends of a case (`withdrawn`, `refused`) after which it goes back.
    """

    before: str
    days: int
    charges: tuple[Charge, ...]
    reductions: tuple[Reduction, ...] = ()
    given_back: tuple[str, ...] = ()

    @property
    def parts(self) -> "tuple[Charge | Reduction, ...]":
        return (*self.charges, *self.reductions)

    @property
    def moment(self) -> str:
        return MOMENTS[self.before]

    @property
    def back(self) -> str:
        ends = "、".join(ENDS[one] for one in self.given_back)
        return f"{ends}的退" if ends else "不退"


@dataclass(frozen=True)
class ItemFacts:
    name: str
    kind: str
    credit_code: str
    national_code: str = ""
    national_mark: str = ""
    levels: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    statutory_days: int | None = None
    statutory_unit: str = ""
    statutory_source: str = ""
    statutory_check: str = "unknown"
    promised_days: int | None = None
    promised_mark: str = ""
    mark: str = Mark.SAMPLE.value
    fee: str = ""
    basis: str = ""
    conditions: tuple[str, ...] = ()
    result: str = ""
    windows: str = ""
    city_wide: bool = False
    cross_region: bool = False
    cross_ways: tuple[str, ...] = ()  # how, in the words of `standards.crossing`
    asks_true_will: bool = False  # of an old person, herself (老年人权益保障法 第五十五条)
    is_joint: bool = False  # 统一、联合、集中办理 (行政许可法 第四十二条第二款)
    process: str = ""  # the drawing that its cases go by; empty: the one that all have
    system: str = ""
    words: str = ""
    materials: tuple[Demand, ...] = ()
    situations: tuple[Situation, ...] = ()
    fields: tuple[FormField, ...] = ()
    charging: Charging | None = None

    @property
    def codes(self) -> list[str]:
        """Of the materials that have an entry in the register."""
        return [one.material for one in self.materials if one.material]


def kept(facts: ItemFacts) -> dict[str, Any]:
    """As JSON that PostgreSQL keeps: lists for tuples, so that it equals what is read back."""
    told = {one.name: plain(getattr(facts, one.name)) for one in fields(facts)}
    return {name: value for name, value in told.items() if value or name not in LATER}


def facts_in(document: Document) -> ItemFacts:
    """What `kept` made of it. What a later version of this program adds has its default."""
    known = {one.name for one in fields(ItemFacts)}
    told = {name: value for name, value in document.items() if name in known}
    tuples = {name: tuple(told.get(name, ())) for name in TEXTS_IN}
    return ItemFacts(
        **{
            **told,
            **tuples,
            "materials": tuple(Demand(**one) for one in told.get("materials", ())),
            "situations": tuple(_situation(one) for one in told.get("situations", ())),
            "fields": tuple(FormField(**one) for one in told.get("fields", ())),
            "charging": charging_in(told.get("charging")),
        }
    )


def charging_in(told: Document | None) -> Charging | None:
    """As a version keeps it, or as a city's folder writes it."""
    if not told:
        return None
    return Charging(
        before=told["before"],
        days=told["days"],
        charges=tuple(Charge(**one) for one in told["charges"]),
        reductions=tuple(Reduction(**one) for one in told.get("reductions", ())),
        given_back=tuple(told.get("given_back", ())),
    )


def columns_of(facts: ItemFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in COLUMNS}


def _situation(told: Document) -> Situation:
    return Situation(**{**told, "choices": tuple(told["choices"])})


def plain(value: Any) -> Any:
    """As JSON has it: objects for dataclasses, lists for tuples."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    return value
