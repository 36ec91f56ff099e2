"""挂载接口: a contract, as the page takes it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from diebian.base.catalogue.public import ResourceLine
from diebian.base.exchange.upstreams.forms import SYSTEM
from diebian.base.exchange.upstreams.selectors import is_upstream
from diebian.kernel.slugs import SLUG
from diebian.standards.contracts import person_fault

from .contract_lines import lines_of, pairs_in
from .look_limits import USUAL_NOBODY

SET_BY_US = {"host", "content-length", "content-type", "transfer-encoding", "connection"}
PATH = RegexValidator(r"^(/[A-Za-z0-9_.~-]+)+/?\Z", "路径以 / 开头，只能用字母、数字和 _ . ~ -")
DOTTED = RegexValidator(r"^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*\Z", "用点分开的字段名，如 data.list")
FORMATS = [
    ("json", "JSON"),
    ("xml", "XML"),
    ("lines", "一行一项（名称|值）"),
    ("form", "网页表单，答复一行一项（名称=值）"),
]
STRUCTURED = ("json", "xml")
ENCODINGS = [("", "UTF-8"), ("gbk", "GBK"), ("gb18030", "GB 18030")]
PLAIN = (
    "system", "path", "format", "person", "encoding", "separator", "nested", "rows", "region",
    "at_once",
)  # fmt: skip
WATCHED = ("nobody", "persons", "suspend")
OPTIONAL = (
    "person", "encoding", "separator", "nested", "rows", "none", "region", "at_once", "repeatable",
)  # fmt: skip
OF_NODES = ("quota_day", "quota_says", "repeatable")
LINES = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})


class MountForm(forms.Form):
    """An interface contract: how the department's own system is asked, and what it answers."""

    title = forms.CharField(label="接口名称", max_length=200)
    slug = forms.SlugField(
        label="接口代码",
        max_length=60,
        help_text="小写字母、数字和横线，全市不重复；调用方用它来调用",
        validators=[SLUG],
    )
    system = forms.CharField(
        label="业务系统",
        max_length=40,
        help_text="系统在平台登记的代码",
        validators=[SYSTEM],
    )
    path = forms.CharField(label="路径", max_length=200, validators=[PATH])
    format = forms.ChoiceField(label="格式", choices=FORMATS)
    encoding = forms.ChoiceField(label="编码", choices=ENCODINGS, required=False)
    separator = forms.CharField(
        label="分隔符",
        required=False,
        max_length=3,
        strip=False,
        help_text="一行一项的格式用什么隔开名称和值；不写就用 |，表单的答复用 =",
    )
    headers = forms.CharField(
        label="请求头",
        required=False,
        max_length=4000,
        widget=LINES,
        help_text="一行一个：名称 = 值。凭证只存在平台里，保存后不再显示；不填则沿用上次的",
    )
    request = forms.CharField(
        label="请求参数",
        max_length=4000,
        widget=LINES,
        help_text="一行一个：我们的参数名 = 系统的参数名。例：id_number = zjhm",
    )
    person = forms.CharField(
        label="哪个参数是公民身份号码",
        required=False,
        max_length=60,
        help_text="写左边的参数名。写了，谁被查、核验几次、是不是这件事的人，都按号码认；"
        "不按人查的接口不写",
    )
    fixed = forms.CharField(
        label="固定参数",
        required=False,
        max_length=4000,
        widget=LINES,
        help_text="每次都带上的：系统的参数名 = 值",
    )
    success = forms.CharField(
        label="成功标志",
        max_length=200,
        help_text="系统用哪个字段说明成功：字段 = 值。例：code = 0000",
    )
    none = forms.CharField(
        label="查无标志", required=False, max_length=200, help_text="没有查到时：字段 = 值"
    )
    nested = forms.CharField(
        label="套着的 JSON",
        required=False,
        max_length=60,
        validators=[DOTTED],
        help_text="哪个字段里的文字又是一段 JSON，就写它的名字；没有就不写",
    )
    rows = forms.CharField(
        label="结果位置",
        required=False,
        max_length=200,
        validators=[DOTTED],
        help_text="例：data.list。一行一项和表单的答复不用写",
    )
    fields_ = forms.CharField(
        label="返回字段",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="一行一个：我们的列名 = 系统的字段名。例：owner = qlrmc",
    )
    region = forms.CharField(
        label="行政区划列",
        required=False,
        max_length=60,
        help_text="返回字段里哪一列是行政区划代码；写了，授权就可以只给某个县（市）区的",
    )
    at_once = forms.IntegerField(
        label="同时最多几个请求",
        required=False,
        min_value=1,
        max_value=1000,
        help_text="系统一次接得住几个就写几个；多的排队等，不会压垮它。不写就不限",
    )
    watch_nobody = forms.IntegerField(
        label="十分钟查无此人多少次就提醒",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=f"有人逐个试号码时，大多查无此人。不写就是 {USUAL_NOBODY} 次",
    )
    watch_persons = forms.IntegerField(
        label="十分钟查多少个人就提醒",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="成片查人时提醒。不写就不按人数提醒",
    )
    watch_suspend = forms.IntegerField(
        label="十分钟查无此人多少次就自动暂停授权",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="不写就只提醒，从不自动暂停",
    )
    quota_day = forms.IntegerField(
        label="上级每天给多少次",
        required=False,
        min_value=1,
        max_value=100_000_000,
        help_text="只有上级平台的接口要写；每问一次先记一次，用完了当天不再问",
    )
    quota_says = forms.CharField(
        label="次数用完的标志",
        required=False,
        max_length=200,
        help_text="上级自己说今天的次数用完了：字段 = 值。例：code = 429",
    )
    repeatable = forms.BooleanField(
        label="没有答好时可以再问一次",
        required=False,
        help_text="同样的问题问两次不会改动什么，才能选；再问的一次也算次数",
    )
    probe = forms.CharField(
        label="试调样例",
        max_length=4000,
        widget=LINES,
        help_text="请用测试人员的资料：我们的参数名 = 值",
    )

    def __init__(self, *args: Any, kept: Mapping[str, Any], **kwargs: Any) -> None:
        """`kept`: the contract as it is, for what is not shown (headers) or not asked here."""
        super().__init__(*args, **kwargs)
        self.kept = kept

    def clean_headers(self) -> dict[str, str]:
        told = pairs_in(self.cleaned_data["headers"], theirs_is_name=False)
        wrong = [name for name in told if "." in name or name.lower() in SET_BY_US]
        wrong += [name for name, value in told.items() if not value.isascii()]
        if wrong:
            raise forms.ValidationError(f"不能用这些请求头：{'、'.join(dict.fromkeys(wrong))}")
        return told or dict(self.kept.get("headers", {}))

    def clean_request(self) -> dict[str, str]:
        return pairs_in(self.cleaned_data["request"])

    def clean_fixed(self) -> dict[str, str]:
        return pairs_in(self.cleaned_data["fixed"], theirs_is_name=False)

    def clean_fields_(self) -> dict[str, str]:
        return pairs_in(self.cleaned_data["fields_"])

    def clean_probe(self) -> dict[str, str]:
        return pairs_in(self.cleaned_data["probe"], theirs_is_name=False)

    def clean_success(self) -> dict[str, str]:
        return _flag(self.cleaned_data["success"]) or {}

    def clean_none(self) -> dict[str, str] | None:
        return _flag(self.cleaned_data["none"])

    def clean_quota_says(self) -> dict[str, str] | None:
        return _flag(self.cleaned_data["quota_says"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lacking = set(cleaned.get("request", {})) - set(cleaned.get("probe", {}))
        if lacking and "probe" in cleaned:
            self.add_error("probe", f"样例里缺少参数：{'、'.join(sorted(lacking))}")
        if cleaned.get("region") and cleaned["region"] not in cleaned.get("fields_", {}):
            self.add_error("region", "返回字段里没有这一列，请写左边的列名")
        if cleaned.get("format") in STRUCTURED and not cleaned.get("rows"):
            self.add_error("rows", "请写明结果在哪个字段里")
        if says := person_fault(cleaned):
            self.add_error("person", says)
        self._check_quota(cleaned)
        return cleaned

    def _check_quota(self, cleaned: Mapping[str, Any]) -> None:
        """Counted are only questions to a node above: a number elsewhere would mean nothing."""
        if cleaned.get("quota_says") and not cleaned.get("quota_day"):
            self.add_error("quota_day", "写了用完的标志，也要写每天给多少次")
        told = [name for name in OF_NODES if cleaned.get(name)]
        if told and "system" in cleaned and not is_upstream(cleaned["system"]):
            self.add_error(told[0], "只有上级平台的接口才这样写；这个业务系统不是登记过的上级平台")

    def contract(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        names = ("system", "path", "format", "headers", "request", "fixed", "success")
        optional = {name: told[name] for name in OPTIONAL if told[name]}
        watch = {name: told[f"watch_{name}"] for name in WATCHED if told[f"watch_{name}"]}
        if watch:
            optional["watch"] = watch
        if told["quota_day"]:
            says = {"says": told["quota_says"]} if told["quota_says"] else {}
            optional["quota"] = {"day": told["quota_day"], **says}
        return {
            **{name: told[name] for name in names},
            "fields": told["fields_"],
            "probe": told["probe"],
            **optional,
        }


def filled_from(resource: ResourceLine) -> dict[str, Any]:
    """For mounting anew. Headers carry credentials and are never shown again."""
    contract = resource.contract
    quota = contract.get("quota", {})
    flags = {name: contract.get(name) for name in ("success", "none")}
    flags["quota_says"] = quota.get("says")
    return {
        "title": resource.title,
        "slug": resource.slug,
        **{name: str(contract.get(name, "")) for name in PLAIN},
        **{name: lines_of(contract[name]) for name in ("request", "fixed", "probe")},
        "fields_": lines_of(contract["fields"]),
        **{f"watch_{name}": str(told) for name, told in contract.get("watch", {}).items()},
        "quota_day": quota.get("day", ""),
        "repeatable": contract.get("repeatable", False),
        **{name: f"{told['field']} = {told['value']}" for name, told in flags.items() if told},
    }


def _flag(text: str) -> dict[str, str] | None:
    pairs = pairs_in(text, theirs_is_name=False)
    if len(pairs) > 1:
        raise forms.ValidationError("只写一行：字段 = 值")
    return next(({"field": field, "value": value} for field, value in pairs.items()), None)
