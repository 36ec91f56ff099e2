"""What a data manager fills in to mount a table or a file, and a consumer to receive one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from diebian.base.catalogue.public import ItemLine, ResourceLine
from diebian.base.lake.public import LakeTable
from diebian.kernel.slugs import SLUG

from .files import LARGEST, MEDIA
from .models import Schedule, Target

UNUSED = ("", "这张表里没有")
MEGABYTES = LARGEST // 1024**2


class NamedForm(forms.Form):
    title = forms.CharField(label="资源名称", max_length=200)
    slug = forms.SlugField(
        label="资源代码",
        max_length=60,
        validators=[SLUG],
        help_text="小写字母、数字和横线，全市不重复，定了不改",
    )


class TableForm(NamedForm):
    """One choice of a lake column for each 信息项 of the entry."""

    def __init__(
        self, *args: Any, items: Sequence[ItemLine], table: LakeTable, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entry_items, self.table = items, table
        choices = [UNUSED, *((one.name, f"{one.name}（{one.words}）") for one in table.columns)]
        for place, item in enumerate(items):
            self.fields[f"item{place}"] = forms.ChoiceField(
                label=f"信息项“{item['name']}”", choices=choices, required=False
            )
        self.fields["region"] = forms.ChoiceField(
            label="行政区划是哪一列",
            required=False,
            choices=[("", "没有"), *choices[1:]],
            help_text="上面选过的列里，哪一列是行政区划代码；写了，授权就可以只给某个县（市）区的",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [theirs for _, theirs in self._pairs(cleaned)]
        if not chosen:
            self.add_error(None, "请至少给一个信息项选对应的列")
        for twice in sorted({one for one in chosen if chosen.count(one) > 1}):
            self.add_error(None, f"列“{twice}”选给了不止一个信息项")
        if cleaned.get("region") and cleaned["region"] not in chosen:
            self.add_error("region", "这一列没有对应的信息项，请先在上面选它")
        return cleaned

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        pairs = [(_code(item, theirs), item, theirs) for item, theirs in self._pairs(told)]
        by_theirs = {theirs: ours for ours, _, theirs in pairs}
        return {
            "title": told["title"],
            "slug": told["slug"],
            "collection": self.table.slug,
            "fields": {ours: theirs for ours, _, theirs in pairs},
            "items": {ours: item["name"] for ours, item, _ in pairs},
            "region": by_theirs.get(told["region"], ""),
        }

    def _pairs(self, told: Mapping[str, Any]) -> list[tuple[ItemLine, str]]:
        chosen = [(item, told.get(f"item{place}")) for place, item in enumerate(self.entry_items)]
        return [(item, theirs) for item, theirs in chosen if theirs]


def filled(
    items: Sequence[ItemLine],
    table: LakeTable,
    title: str,
    known: ResourceLine | None,
    others: Sequence[ResourceLine],
) -> dict[str, str]:
    """As it is mounted; for the first time, as in the entry's `others`, else by the same name."""
    fields = known.contract["fields"] if known else {}
    elsewhere = {ours: theirs for one in others for ours, theirs in one.contract["fields"].items()}
    there = {one.name for one in table.columns}
    told = {"title": known.title if known else title, "slug": known.slug if known else ""}
    for place, item in enumerate(items):
        code = _code(item, "")
        guesses = [fields.get(code), elsewhere.get(code), item["column"], item["name"]]
        told[f"item{place}"] = next((one for one in guesses if one and one in there), "")
    region = known.contract.get("region", "") if known else ""
    return {**told, "region": fields.get(region, "")}


class FileForm(NamedForm):
    file = forms.FileField(
        label="文件",
        help_text=f"{'、'.join(sorted(one[1:].upper() for one in MEDIA))}，不超过 {MEGABYTES} MB；"
        "平台按内容存放，同样的文件只存一份",
    )

    def facts(self) -> dict[str, Any]:
        told, sent = self.cleaned_data, self.cleaned_data["file"]
        assert isinstance(sent, UploadedFile)  # noqa: S101  for mypy
        named = {"title": told["title"], "slug": told["slug"]}
        return {**named, "name": sent.name or "", "parts": sent.chunks()}


def _code(item: ItemLine, theirs: str) -> str:
    """Our word for a column: the item's own, or, where it has none, the lake's."""
    return item["column"] or theirs


class TargetForm(forms.Form):
    title = forms.CharField(label="名称", max_length=100, help_text="例：核心业务库的接收区")
    slug = forms.CharField(
        label="代码", max_length=60, validators=[SLUG], help_text="小写字母、数字和横线"
    )
    url = forms.CharField(
        label="地址",
        max_length=300,
        help_text="例：postgresql://收数账号@主机:5432/库。只写 PostgreSQL；不要写口令",
    )
    schema = forms.CharField(
        label="模式", max_length=59, initial="public", help_text="收数账号要能在里面建表"
    )
    secret = forms.CharField(
        label="口令的名字",
        required=False,
        max_length=60,
        validators=[SLUG],
        help_text="口令请当面交给运维人员放好，这里写他们告诉您的名字",
    )


class ArrangeForm(forms.Form):
    target = forms.ChoiceField(label="送到哪个库")
    table = forms.CharField(
        label="表名",
        max_length=59,
        help_text="平台新建这张表；库里已有同名的表，平台不会动它，会请您换一个",
    )
    schedule = forms.ChoiceField(
        label="多久送一次",
        choices=Schedule.choices,
        help_text="有变化就送的，每 15 分钟看一次有没有新的一批",
    )

    def __init__(self, *args: Any, targets: Sequence[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.slug, one.title) for one in targets]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]
