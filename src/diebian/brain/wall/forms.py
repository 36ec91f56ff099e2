"""What may stand behind the question mark. Anything else is an address that does not exist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms

from diebian.kernel import clock
from diebian.kernel.errors import NotFound

LAST_PAGE = 1_000_000


class _AskedForm(forms.Form):
    county = forms.CharField(max_length=6, required=False)
    day = forms.DateField(input_formats=["%Y-%m-%d"], required=False)
    page = forms.IntegerField(min_value=1, max_value=LAST_PAGE, required=False)


@dataclass(frozen=True)
class Asked:
    county: str
    day: date
    page: int


def read_asked(sent: Mapping[str, str], *, counties: Mapping[str, str]) -> Asked:
    form = _AskedForm(sent)
    if not form.is_valid():
        raise NotFound
    told = form.cleaned_data
    county, day = told["county"], told["day"] or clock.today()
    if (county and county not in counties) or day > clock.today():
        raise NotFound
    return Asked(county, day, told["page"] or 1)
