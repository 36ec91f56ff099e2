"""共享申请, as the page and the API take it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from diebian.base.catalogue.public import Kind, ResourceLine
from diebian.base.directory.public import counties
from diebian.base.exchange.grants.models import Tier
from diebian.base.exchange.grants.months import MONTHS_A_YEAR, months_on
from diebian.base.exchange.grants.volume import MEGABYTE, Per, Quantity
from diebian.base.exchange.grants.ways import modes_of
from diebian.kernel import clock

LONGEST_MONTHS = 36
NOT_OF: Mapping[Kind, tuple[str, ...]] = {  # what makes no sense for a kind is not asked
    Kind.INTERFACE: ("volume", "volume_per"),
    Kind.TABLE: ("tier", "daily_limit"),
    Kind.FILE: ("masked", "tier", "daily_limit"),
}
MOST: Mapping[Kind, tuple[str, str]] = {
    Kind.TABLE: (
        "最多给多少行",
        "不写就不限。送库的第一次送全部行，请留够；一批整批送，剩下的量放不下，就等到下一个时段",
    ),
    Kind.FILE: (
        "最多下载多少 MB",
        "不写就不限。每次下载都按文件大小算；用完了，等到下一个时段再下载",
    ),
}
HELP: Mapping[Kind, str] = {
    Kind.INTERFACE: "只要知道对不对的，选只核验：对方说有没有、对不对，不给内容",
    Kind.TABLE: "送到库的第一次送全部，以后只送变化；下载的每次写明办什么事",
    Kind.FILE: "每次下载写明办什么事",
}


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
    volume = forms.IntegerField(required=False, min_value=1, max_value=10**12)
    volume_per = forms.ChoiceField(
        label="这个量按什么算", choices=Per.choices, initial=Per.DAY, required=False
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
        self.unit = MEGABYTE if resource.kind == Kind.FILE else 1
        if resource.kind in MOST:
            self.fields["volume"].label, self.fields["volume"].help_text = MOST[resource.kind]
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
        most, per = told.pop("volume", None), told.pop("volume_per", "")
        told["volume"] = Quantity(most * self.unit, per or Per.DAY) if most else None
        return {**told, "valid_to": months_on(clock.today(), months)}
