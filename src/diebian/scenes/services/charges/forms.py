"""The shape of what a case costs, as its department writes it. A row that is left empty is none."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from diebian.scenes.services.items.facts import (
    ALL_OF_IT,
    ENDS,
    MOMENTS,
    Charge,
    Charging,
    ItemFacts,
    Reduction,
)
from diebian.scenes.services.items.lines import LineWrong, conditions, conditions_of
from diebian.standards.money import FEN_IN_YUAN, yuan
from diebian.standards.profile.item_details import MOST_DAYS_TO_PAY, MOST_FEN

MOST_ROWS, SPARE = 40, 2
LEFT_OUT = "这一行没有写全：{}"


class _Row(forms.Form):
    """`NEEDED`: what a row that says anything has to say."""

    NEEDED: Sequence[str] = ()

    def clean_when(self) -> dict[str, list[str]]:
        try:
            return conditions(self.cleaned_data["when"])
        except LineWrong as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if self.says_anything:
            missing = [
                str(self.fields[name].label)
                for name in self.NEEDED
                if not told.get(name) and name not in self.errors
            ]
            if missing:
                raise forms.ValidationError(LEFT_OUT.format("、".join(missing)))
        return told

    @property
    def says_anything(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)


class ChargeForm(_Row):
    NEEDED = ("label", "yuan", "basis")

    label = forms.CharField(label="收什么", required=False, max_length=100)
    yuan = forms.DecimalField(
        label="多少元",
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(MOST_FEN) / FEN_IN_YUAN,
        decimal_places=2,
        localize=False,
    )
    basis = forms.CharField(label="依据", required=False, max_length=200)
    when = forms.CharField(label="什么情形", required=False, max_length=300)


class ReductionForm(_Row):
    NEEDED = ("label", "percent", "basis", "when")

    label = forms.CharField(label="减免什么", required=False, max_length=100)
    percent = forms.IntegerField(
        label="减百分之几", required=False, min_value=1, max_value=ALL_OF_IT
    )
    basis = forms.CharField(label="依据", required=False, max_length=200)
    when = forms.CharField(label="什么情形", required=False, max_length=300)


class TermsForm(forms.Form):
    """How it is paid, for all rows; and what the guide says of it in one line."""

    fee = forms.CharField(
        label="指南上“收费”一栏怎样写",
        required=False,
        max_length=100,
        help_text="一句话，例：工本费 20 元；不收费的写“不收费”",
    )
    before = forms.ChoiceField(label="什么时候缴", choices=list(MOMENTS.items()))
    days = forms.IntegerField(
        label="几个工作日内缴", min_value=1, max_value=MOST_DAYS_TO_PAY, initial=5
    )
    given_back = forms.MultipleChoiceField(
        label="哪些情形退",
        choices=list(ENDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


ChargeRows = forms.formset_factory(ChargeForm, extra=SPARE, max_num=MOST_ROWS)
ReductionRows = forms.formset_factory(ReductionForm, extra=SPARE, max_num=MOST_ROWS)


class ChargesForm:
    """The three together: a page sends them at once."""

    def __init__(self, facts: ItemFacts, sent: Mapping[str, Any] | None = None) -> None:
        told = facts.charging
        terms: dict[str, Any] = {"fee": facts.fee}
        if told:
            terms |= {"before": told.before, "days": told.days}
            terms |= {"given_back": list(told.given_back)}
        rows = [_charge(one) for one in told.charges] if told else []
        less = [_reduction(one) for one in told.reductions] if told else []
        self.terms = TermsForm(sent, initial=terms)
        self.charges = ChargeRows(sent, initial=rows, prefix="c")
        self.reductions = ReductionRows(sent, initial=less, prefix="r")

    def is_valid(self) -> bool:
        """Each is asked: whoever puts it right sees all that is wrong."""
        told = [one.is_valid() for one in (self.terms, self.charges, self.reductions)]
        return all(told)

    @property
    def fee(self) -> str:
        return str(self.terms.cleaned_data["fee"]).strip()

    def charging(self) -> Charging | None:
        """None where no charge is left."""
        charges = tuple(
            Charge(
                one["label"], int(one["yuan"] * FEN_IN_YUAN), one["basis"], one.get("when") or {}
            )
            for one in _written(self.charges)
        )
        if not charges:
            return None
        told = self.terms.cleaned_data
        return Charging(
            before=told["before"],
            days=told["days"],
            charges=charges,
            reductions=tuple(
                Reduction(one["label"], one["percent"], one["basis"], one["when"])
                for one in _written(self.reductions)
            ),
            given_back=tuple(told["given_back"]),
        )


def _written(rows: Any) -> list[dict[str, Any]]:
    return [one.cleaned_data for one in rows if one.says_anything]


def _charge(one: Charge) -> dict[str, Any]:
    return {
        "label": one.label,
        "yuan": yuan(one.fen),
        "basis": one.basis,
        "when": conditions_of(one.when),
    }


def _reduction(one: Reduction) -> dict[str, Any]:
    return {
        "label": one.label,
        "percent": one.percent,
        "basis": one.basis,
        "when": conditions_of(one.when),
    }
