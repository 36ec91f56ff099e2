"""What an applicant fills in: first which two tables, then how they are compared."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from diebian.base.exchange.public import months_on
from diebian.base.lake.public import LakeTable
from diebian.kernel import clock
from diebian.kernel.slugs import SLUG
from diebian.security.identity.public import Post

from .models import Outcome
from .plan import LONGEST_NAME, MOST_DAYS, RuleKind

RULES = 4  # on the page; a city's folder may declare more
LONGEST_MONTHS = 36
POSTS = [
    (Post.DATA_MANAGER.value, "数据管理员"),
    (Post.APPLICANT.value, "数据申请人"),
    (Post.DATA_HEAD.value, "数据工作负责人"),
]
Choices = Sequence[tuple[str, str]]


class TablesForm(forms.Form):
    left = forms.ChoiceField(label="左表：从哪些人出发", help_text="一般是本部门的名单")
    right = forms.ChoiceField(label="右表：和谁比", help_text="别的部门的，要对方同意")

    def __init__(self, *args: Any, tables: Sequence[LakeTable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(one.slug, f"{one.department_name}：{one.title}") for one in tables]
        for name in ("left", "right"):
            self.fields[name].choices = [("", "请选一张表"), *told]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("left") and told.get("left") == told.get("right"):
            raise forms.ValidationError("左表和右表要是两张不同的表")
        return told


class DeclareForm(forms.Form):
    title = forms.CharField(label="名称", max_length=100, help_text="如：登记人员参保核对")
    slug = forms.CharField(
        label="代码", max_length=60, validators=[SLUG], help_text="小写字母、数字和横线，全市不重复"
    )
    purpose = forms.CharField(
        label="办什么事要比对", max_length=200, help_text="被比对的人会在“谁查过我”里原样看到"
    )
    legal_basis = forms.CharField(
        label="依据", max_length=300, help_text="哪部法规的第几条让本单位办这件事"
    )
    months = forms.IntegerField(
        label="用多少个月", min_value=1, max_value=LONGEST_MONTHS, initial=12
    )
    seen_by = forms.MultipleChoiceField(
        label="本单位谁能看名单",
        choices=POSTS,
        initial=[Post.DATA_MANAGER.value],
        widget=forms.CheckboxSelectMultiple,
        help_text="人数对双方都公开；名单只给选中的岗位",
        error_messages={"required": "请至少选一个岗位"},
    )
    left_id = forms.ChoiceField(label="左表哪一列是证件号码")
    left_only = forms.ChoiceField(label="左表只比一部分行时，看哪一列", required=False)
    left_values = forms.CharField(
        label="这一列是什么值的才比", required=False, max_length=300, help_text="多个用逗号隔开"
    )
    right_id = forms.ChoiceField(label="右表哪一列是证件号码")
    wanted = forms.MultipleChoiceField(
        label="要哪些人的名单",
        widget=forms.CheckboxSelectMultiple,
        help_text="没有选的只有人数，没有名单。只选办这件事必需的",
        error_messages={"required": "请至少选一种"},
    )

    def __init__(
        self,
        *args: Any,
        left: LakeTable,
        right: LakeTable,
        columns: dict[str, Choices],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        none = [("", "不选")]
        for name, choices in (
            ("left_id", [("", "请选一列"), *columns["left"]]),
            ("right_id", [("", "请选一列"), *columns["right"]]),
            ("left_only", [*none, *columns["left"]]),
            ("wanted", outcome_choices(left.title, right.title)),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for number in range(1, RULES + 1):
            self._add_rule(f"rule{number}", [*none, *columns["left"]], [*none, *columns["right"]])

    def _add_rule(self, name: str, left: Choices, right: Choices) -> None:
        self.fields |= {
            f"{name}_name": forms.CharField(
                label="叫什么", max_length=LONGEST_NAME, required=False
            ),
            f"{name}_left": forms.ChoiceField(label="左表的列", choices=left, required=False),
            f"{name}_right": forms.ChoiceField(label="右表的列", choices=right, required=False),
            f"{name}_kind": forms.ChoiceField(
                label="怎样算一致", choices=RuleKind.choices, required=False
            ),
            f"{name}_days": forms.IntegerField(
                label="最多差几天（比日期时写）", min_value=0, max_value=MOST_DAYS, required=False
            ),
            f"{name}_codes": forms.CharField(
                label="代码对照（比代码时写）",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
                help_text="一行一个：左表代码 = 右表代码",
            ),
        }

    def rule_fields(self) -> Iterator[tuple[int, list[Any]]]:
        for number in range(1, RULES + 1):
            yield number, [one for one in self if one.name.startswith(f"rule{number}_")]

    def plain_fields(self) -> list[Any]:
        return [one for one in self if not one.name.startswith("rule")]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for number in range(1, RULES + 1):
            parts = {one: told.get(f"rule{number}_{one}") for one in ("name", "left", "right")}
            if any(parts.values()) and not all(parts.values()):
                self.add_error(
                    f"rule{number}_name", f"第 {number} 项要写名称，并选左右两列；不比就都空着"
                )
            self._clean_codes(told, number)
        if bool(told.get("left_only")) != bool(told.get("left_values")):
            self.add_error("left_values", "列和值要么都写，要么都不写")
        return told

    def _clean_codes(self, told: dict[str, Any], number: int) -> None:
        pairs = {}
        for line in (told.get(f"rule{number}_codes") or "").splitlines():
            ours, sign, theirs = (part.strip() for part in line.partition("="))
            if line.strip() and not (ours and sign and theirs):
                self.add_error(f"rule{number}_codes", "每行应写成：左表代码 = 右表代码")
            elif ours:
                pairs[ours] = theirs
        told[f"rule{number}_pairs"] = pairs

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        until: date = months_on(clock.today(), told["months"])
        names = ("title", "slug", "purpose", "legal_basis", "seen_by")
        return {**{name: told[name] for name in names}, "valid_to": until, "plan": self._plan()}

    def _plan(self) -> dict[str, Any]:
        told = self.cleaned_data
        values = told["left_values"].replace("，", ",").split(",")
        left = {
            "id_number": told["left_id"],
            "only_column": told["left_only"],
            "only_values": [one.strip() for one in values if one.strip()],
        }
        rules = [self._rule(f"rule{number}") for number in range(1, RULES + 1)
                 if told[f"rule{number}_name"]]  # fmt: skip
        return {"left": left, "right": {"id_number": told["right_id"]}, "rules": rules,
                "wanted": told["wanted"]}  # fmt: skip

    def _rule(self, name: str) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "name": told[f"{name}_name"],
            "left": told[f"{name}_left"],
            "right": told[f"{name}_right"],
            "kind": told[f"{name}_kind"] or RuleKind.EQUAL.value,
            "days": told[f"{name}_days"] or 0,
            "codes": told[f"{name}_pairs"],
        }


def outcome_choices(left: str, right: str) -> list[tuple[str, str]]:
    return [
        (Outcome.DIFFERS.value, "两边都有，有不一致的"),
        (Outcome.LEFT_ONLY.value, f"只在“{left}”里的"),
        (Outcome.RIGHT_ONLY.value, f"只在“{right}”里的"),
        (Outcome.SAME.value, "两边都有，都一致的"),
    ]
