"""高峰期."""

from django import forms

from diebian.base.catalogue.public import resource as resource_of
from diebian.kernel.errors import NotFound

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


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
