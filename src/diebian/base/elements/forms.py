"""What a data manager fills in to propose an element."""

from django import forms

from diebian.standards.elements import Check, element_faults
from diebian.standards.metadata import ItemType

from .facts import ElementFacts

LINES = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})
LONGEST_ALIAS, MOST_ALIASES = 100, 20


class ElementForm(forms.Form):
    name = forms.CharField(label="名称", max_length=100, help_text="先搜一搜有没有，有的请用已有的")
    definition = forms.CharField(
        label="定义", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="用一句话说清它是什么",
    )  # fmt: skip
    source = forms.CharField(
        label="出处", max_length=300, help_text="哪个标准的哪一条；部门自己定的，写明文件"
    )
    type = forms.TypedChoiceField(label="类型", choices=ItemType.choices, coerce=ItemType)
    format = forms.CharField(
        label="表示格式",
        max_length=20,
        required=False,
        help_text="字符 an..18（最多 18 位）、n6（6 位数字）；数值 n..16,2；日期 YYYYMMDD；"
        "日期时间 YYYYMMDDhhmmss",
    )
    check = forms.ChoiceField(label="校验", choices=[("", "没有"), *Check.choices], required=False)
    codes = forms.CharField(
        label="值域", required=False, max_length=60_000, widget=LINES,
        help_text="有代码表的，一行一个：代码 = 含义",
    )  # fmt: skip
    aliases = forms.CharField(
        label="同义名称", required=False, max_length=1000, help_text="用逗号隔开"
    )
    why = forms.CharField(label="为什么需要", max_length=300)

    def clean_codes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["codes"].splitlines(), start=1):
            code, sign, meaning = (part.strip() for part in line.partition("="))
            if line.strip() and not (code and sign and meaning):
                raise forms.ValidationError(f"第 {number} 行应写成：代码 = 含义")
            if code in found:
                raise forms.ValidationError(f"第 {number} 行：代码“{code}”写了两次")
            if code:
                found[code] = meaning
        return found

    def clean_aliases(self) -> list[str]:
        told = self.cleaned_data["aliases"].replace("，", ",").replace("、", ",").split(",")
        names = list(dict.fromkeys(one.strip() for one in told if one.strip()))
        if len(names) > MOST_ALIASES or any(len(one) > LONGEST_ALIAS for one in names):
            raise forms.ValidationError(f"最多 {MOST_ALIASES} 个，每个 {LONGEST_ALIAS} 字以内")
        return names

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if not self.errors:
            for sentence in element_faults(
                type_=told["type"], written=told["format"], check=told["check"], codes=told["codes"]
            ):
                self.add_error("format" if "格式" in sentence else None, sentence)
        return told

    def facts(self) -> ElementFacts:
        return ElementFacts(**{name: of for name, of in self.cleaned_data.items() if name != "why"})
