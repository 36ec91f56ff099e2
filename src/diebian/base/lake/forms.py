"""What a data manager fills in: a source, and what of it is collected."""

from collections.abc import Sequence
from typing import Any

from django import forms

from diebian.kernel.slugs import SLUG

from .definition import ASKED, definition_of, options_shown
from .models import MOST_MINUTES, Collection, Mode, Schedule, SourceKind
from .naming import ColumnLine
from .redefining import Wanted

LINES = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})


class SourceForm(forms.Form):
    title = forms.CharField(label="系统名称", max_length=100)
    slug = forms.CharField(
        label="代码", max_length=60, validators=[SLUG], help_text="小写字母、数字和横线，全市不重复"
    )
    kind = forms.ChoiceField(label="种类", choices=SourceKind.choices)
    url = forms.CharField(
        label="地址",
        required=False,
        max_length=300,
        help_text="例：postgresql://只读账号@主机:5432/库。不要写口令。文件和推送不用填",
    )
    secret = forms.CharField(
        label="口令的名字",
        required=False,
        max_length=60,
        validators=[SLUG],
        help_text="口令请当面交给运维人员放好，这里写他们告诉您的名字；只给本部门用，只送到上面的地址",
    )

    def facts(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        address = {"url": told.pop("url")}
        return {**told, "address": address, "kind": SourceKind(told["kind"])}


class CollectionForm(forms.Form):
    title = forms.CharField(label="名称", max_length=200)
    slug = forms.CharField(
        label="代码", max_length=60, validators=[SLUG], help_text="也是湖里的表名，定了不改"
    )
    source = forms.ChoiceField(label="来源")
    table = forms.CharField(
        label="源表、文件名或路径",
        required=False,
        max_length=300,
        help_text="平台会真的去看一次，列和类型由源说了算。推送的不用填",
    )
    mode = forms.ChoiceField(label="方式", choices=Mode.choices)
    key = forms.CharField(
        label="主键",
        required=False,
        max_length=300,
        help_text="列名，多列用逗号隔开；增量一定要有",
    )
    watermark_column = forms.CharField(
        label="水位列",
        required=False,
        max_length=63,
        help_text="只增不减的更新时间或流水号；增量一定要有",
    )
    schedule = forms.ChoiceField(label="多久一次", choices=Schedule.choices)
    types = forms.CharField(
        label="类型另有规定的列",
        required=False,
        max_length=4000,
        widget=LINES,
        help_text="一行一个：列名 = 类型。如 BIGINT、DECIMAL(12,2)、DATE、TIMESTAMP",
    )
    options = forms.CharField(
        label="其他约定",
        required=False,
        max_length=4000,
        widget=LINES,
        help_text="一行一个。接口：rows = data.list，page = 页码参数，success = code = 0；"
        "变更记录：op = 说明增改删的列，sequence = 流水号列",
    )

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]

    def clean_key(self) -> list[str]:
        return _names(self.cleaned_data["key"])

    def clean_types(self) -> dict[str, str]:
        return _pairs(self.cleaned_data["types"])

    def clean_options(self) -> dict[str, Any]:
        return _options(self.cleaned_data["options"])

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {**told, "mode": Mode(told["mode"]), "schedule": Schedule(told["schedule"])}


class WindowForm(forms.Form):
    """补采: from and to, as the source itself compares its watermark column."""

    since = forms.CharField(label="从（含）", required=False, max_length=200)
    until = forms.CharField(label="到（不含）", required=False, max_length=200)


class ChangeForm(forms.Form):
    """The whole definition, to be changed. What is not shown here (slug, source) stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="名称", max_length=200)
    table = forms.CharField(
        label="源表、文件名或路径", required=False, max_length=300, help_text="平台会真的去看一次"
    )
    mode = forms.ChoiceField(label="方式", choices=Mode.choices)
    schedule = forms.ChoiceField(label="多久一次", choices=Schedule.choices)
    columns = forms.CharField(
        label="收哪些列",
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="一行一个：列名 = 类型。删掉一行就不再收这一列；源里有的列，添一行就收",
    )
    key = forms.CharField(
        label="主键", required=False, max_length=300, help_text="列名，多列用逗号隔开"
    )
    watermark_column = forms.CharField(label="水位列", required=False, max_length=63)
    options = forms.CharField(
        label="其他约定", required=False, max_length=4000, widget=LINES, help_text="一行一个"
    )
    minutes = forms.IntegerField(
        label="最多收多少分钟",
        min_value=1,
        max_value=MOST_MINUTES,
        help_text="到时还没收完就停下，别的表接着收；湖里原有的都在",
    )
    bad_percent = forms.IntegerField(
        label="隔离超过百分之几告诉人",
        min_value=0,
        max_value=100,
        help_text="一批里隔离的行超过这个比例，给数据管理员发消息",
    )
    keep_days = forms.IntegerField(
        label="隔离的行留多少天",
        required=False,
        min_value=1,
        max_value=3650,
        help_text="过后删掉行的内容，条数和理由的统计留着；不填就一直留",
    )
    past_days = forms.IntegerField(
        label="湖里的过去至少留多少天",
        min_value=1,
        max_value=3650,
        help_text="各表共一个湖，按最长的一项留；不能靠它让数据早些消失",
    )
    push_days = forms.IntegerField(
        label="推送的原文进湖后留多少天",
        min_value=1,
        max_value=3650,
        help_text="过后只留编号、条数和摘要，改定义从头收时也不再有；不是推送的归集用不到",
    )
    why = forms.CharField(label="为什么改", required=False, max_length=300)

    def clean_key(self) -> list[str]:
        return _names(self.cleaned_data["key"])

    def clean_columns(self) -> dict[str, str]:
        return _pairs(self.cleaned_data["columns"])

    def clean_options(self) -> dict[str, Any]:
        return _options(self.cleaned_data["options"])

    def wanted(self) -> Wanted:
        told = {name: value for name, value in self.cleaned_data.items() if name != "why"}
        told |= {"mode": Mode(told["mode"]), "schedule": Schedule(told["schedule"])}
        return Wanted(**told)


def filled_from(one: Collection) -> ChangeForm:
    told = definition_of(one)
    lines = {"columns": told["columns"], "options": options_shown(one.options)}
    initial = {
        **told,
        "version": one.version,
        "key": ", ".join(told["key"]),
        **{name: "\n".join(f"{k} = {v}" for k, v in of.items()) for name, of in lines.items()},
    }
    return ChangeForm(initial=initial)


def _names(text: str) -> list[str]:
    return [one.strip() for one in text.replace("，", ",").split(",") if one.strip()]


def _options(text: str) -> dict[str, Any]:
    told: dict[str, Any] = _pairs(text)
    unknown = sorted(set(told) - ASKED)
    if unknown:
        raise forms.ValidationError(f"不认识：{'、'.join(unknown)}")
    for flag in {"success", "none"} & set(told):
        field, _, value = told[flag].partition("=")
        told[flag] = {"field": field.strip(), "value": value.strip()}
    return told


def _pairs(text: str) -> dict[str, str]:
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, sign, value = (part.strip() for part in line.partition("="))
        if line.strip() and not (name and sign and value):
            raise forms.ValidationError(f"第 {number} 行应写成：名称 = 值")
        if name:
            found[name] = value
    return found


class ElementsForm(forms.Form):
    """One field for each column, by its place: a name may be anything."""

    def __init__(self, *args: Any, lines: Sequence[ColumnLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = lines
        for place, line in enumerate(lines):
            told = line.element or line.meant
            self.fields[f"column-{place}"] = forms.CharField(
                label=line.name,
                required=False,
                max_length=40,
                initial=told.identifier if told else "",
                help_text=_element_words(line),
                widget=forms.TextInput(attrs={"list": "elements", "autocomplete": "off"}),
            )

    def named(self) -> dict[str, str]:
        told = {line.name: self.cleaned_data[f"column-{place}"]
                for place, line in enumerate(self._lines)}  # fmt: skip
        return {column: identifier for column, identifier in told.items() if identifier}


def _element_words(line: ColumnLine) -> str:
    if line.element:
        differs = f"，{line.differs}" if line.differs else ""
        return f"{line.words}；现在是“{line.element.name}”{differs}"
    return f"{line.words}；建议“{line.meant.name}”，请看对不对" if line.meant else line.words
