import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from diebian.base.catalogue.public import Kind, ResourceLine
from diebian.base.catalogue.public import resource as resource_of
from diebian.base.directory.public import counties
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.keys.public import SHORTEST

from .models import Tier
from .ways import modes_of

LONGEST_MONTHS = 36
MONTHS_A_YEAR = 12
NOT_OF: Mapping[Kind, tuple[str, ...]] = {  # what makes no sense for a kind is not asked
    Kind.TABLE: ("tier", "daily_limit"),
    Kind.FILE: ("masked", "tier", "daily_limit"),
}
HELP: Mapping[Kind, str] = {
    Kind.INTERFACE: "只要知道对不对的，选只核验：对方说有没有、对不对，不给内容",
    Kind.TABLE: "送到库的第一次送全部，以后只送变化；下载的每次写明办什么事",
    Kind.FILE: "每次下载写明办什么事",
}
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class RequestForm(forms.Form):
    """共享申请: basis, scene, scope, mode and period, as 国务院令第809号 第二十条 asks."""

    purpose = forms.CharField(
        label="办什么事要用",
        max_length=200,
        help_text="写办理的事项；以后每次调用都按这个用途核对，不一致的不放行",
    )
    legal_basis = forms.CharField(
        label="依据",
        max_length=300,
        help_text="哪部法规的第几条让本单位办这件事",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    scene = forms.CharField(label="使用场景", max_length=200, help_text="在哪个环节、由谁使用")
    mode = forms.ChoiceField(
        label="怎样用",
        required=False,
    )
    columns = forms.MultipleChoiceField(
        label="要哪些信息项",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一项", "invalid_choice": "“%(value)s”不能申请"},
    )
    masked = forms.MultipleChoiceField(
        label="其中哪些只看头尾就够",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="能少看就少看：选了的中间用星号代替",
    )
    tier = forms.ChoiceField(label="调用额度", choices=Tier.choices, initial=Tier.STANDARD)
    months = forms.IntegerField(
        label="使用多少个月", min_value=1, max_value=LONGEST_MONTHS, initial=MONTHS_A_YEAR
    )

    daily_limit = forms.IntegerField(
        label="一天最多多少次",
        required=False,
        min_value=1,
        help_text="不写就只受调用额度限制；用完后当天不再放行，零点重新计",
    )
    region = forms.ChoiceField(
        label="只要哪里的",
        required=False,
        help_text="按行政区划给；不选就是全市的",
    )

    def __init__(self, *args: Any, resource: ResourceLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.column, one.name) for one in resource.columns if not one.is_withheld]
        for name in ("columns", "masked"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        modes = modes_of(resource.kind)
        self.fields["mode"].choices = modes  # type: ignore[attr-defined]
        self.fields["mode"].help_text = HELP.get(resource.kind, "")
        self.usual = modes[0][0]
        for name in NOT_OF.get(resource.kind, ()):
            del self.fields[name]
        if "region" in resource.contract:
            places = [("", "全市"), *counties().items()]
            self.fields["region"].choices = places  # type: ignore[attr-defined]
        else:
            del self.fields["region"]

    def facts(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        months = told.pop("months")
        told["mode"] = told["mode"] or self.usual
        told.setdefault("tier", Tier.STANDARD)
        return {**told, "valid_to": months_on(clock.today(), months)}


def months_on(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month (民法典 第二百零二条)."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


class KeyForm(forms.Form):
    """What a node above gave us to prove ourselves with. Never shown again."""

    key_id = forms.CharField(label="密钥编号", max_length=60)
    secret = forms.CharField(
        label="新密钥",
        min_length=SHORTEST,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="先用它向上级平台试一次，对方认了才换；保存后不再显示",
    )


class SeasonForm(forms.Form):
    """Which interface, when, how fast its system answers, how many may stand in line."""

    resource = forms.SlugField(label="接口代码", max_length=60, help_text="例：exam-scores")
    title = forms.CharField(label="名称", max_length=100, help_text="例：2026 年中考成绩")
    starts_at = forms.DateTimeField(label="开始", widget=MOMENT, help_text="城市时间")
    ends_at = forms.DateTimeField(label="结束", widget=MOMENT, help_text="最长 60 天")
    each_second = forms.IntegerField(
        label="系统每秒答几次",
        min_value=1,
        max_value=100_000,
        help_text="问清提供部门，按它答得稳的写；队就按这个速度走",
    )
    waiting_most = forms.IntegerField(
        label="最多多少人排队",
        min_value=1,
        max_value=10_000_000,
        help_text="排满了，后来的人请他过一分钟再来",
    )
    kept_minutes = forms.IntegerField(
        label="同一个人的答复留用几分钟",
        min_value=0,
        max_value=7 * 24 * 60,
        initial=0,
        help_text="答复不会变的（如成绩）可以留用，同一个人再查不用排队；写 0 就每次都问",
    )

    def clean_resource(self) -> str:
        slug: str = self.cleaned_data["resource"]
        try:
            resource_of(slug)
        except NotFound as error:
            raise forms.ValidationError("没有挂载这个代码的接口") from error
        return slug
