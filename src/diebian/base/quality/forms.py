"""What a data manager fills in for a rule: what its kind asks, and by when it has to be mended."""

from typing import Any

from django import forms

from diebian.base.lake.public import LakeTable
from diebian.standards.sharing import CORRECTION

from .kinds.conditions import RELATIONS
from .kinds.kind import Asked, Input, Kind

LINES = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})
NOTHING = ("", "不选")


class RuleForm(forms.Form):
    basis = forms.CharField(
        label="依据", required=False, max_length=200, help_text="标准或文件的名称和条款"
    )
    days = forms.IntegerField(
        label="整改期限（工作日）", min_value=1, max_value=60, initial=CORRECTION.days
    )

    def __init__(
        self, *args: Any, kind: Kind, table: LakeTable, others: list[LakeTable], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = {one.name: _field(one, table, others) for one in kind.asks}
        self.fields = {**asked, **self.fields}  # what is meant comes first
        self._names = list(asked)

    def facts(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in self._names}
        days, basis = self.cleaned_data["days"], self.cleaned_data["basis"]
        return {"told": told, "days": days, "basis": basis}


def _field(asked: Asked, table: LakeTable, others: list[LakeTable]) -> forms.Field:
    told: dict[str, Any] = {
        "label": asked.label,
        "required": asked.is_needed,
        "help_text": asked.hint,
    }
    choices = {
        Input.COLUMN: [(name, name) for name in table.types],
        Input.OTHER: [(one.slug, f"{one.title}（{one.slug}）") for one in others],
        Input.RELATION: [(slug, words) for slug, (words, _) in RELATIONS.items()],
    }
    if asked.input in choices:
        listed = choices[asked.input]
        listed = listed if asked.is_needed else [NOTHING, *listed]
        return forms.ChoiceField(choices=listed, **told)
    if asked.input == Input.LINES:
        return forms.CharField(widget=LINES, max_length=20_000, **told)
    return forms.CharField(max_length=300, **told)
