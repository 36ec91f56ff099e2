"""What a window writes down when it takes in something for another city."""

import re

from django import forms

from .selectors import carried_items

PHONE = re.compile(r"[0-9\-+ ]{7,20}")


def _items() -> list[tuple[str, str]]:
    return list(carried_items().values_list("code", "name"))


class TakeInForm(forms.Form):
    item_code = forms.ChoiceField(label="事项", choices=_items)
    applicant = forms.CharField(label="申请人姓名", max_length=100)
    phone = forms.CharField(label="申请人电话", max_length=20)
    to_place = forms.CharField(
        label="哪个城市决定", max_length=60, help_text="写到省和市，例如：某省某市"
    )
    to_body = forms.CharField(label="那里的哪个机关", max_length=100)
    papers = forms.CharField(
        label="收下的材料",
        max_length=2000,
        help_text="一行一份，写清原件还是复印件、几份",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if not PHONE.fullmatch(phone):
            raise forms.ValidationError("请写能打通的电话，办好了要告诉本人")
        return phone
