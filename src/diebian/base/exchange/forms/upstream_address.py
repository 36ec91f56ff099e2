"""上级节点换地址. What secrets may go there is asked in words, one by one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from diebian.base.exchange.models_upstream import ADDRESS

KEPT, NEW = "kept", "new"


class AddressForm(forms.Form):
    address = forms.CharField(
        label="新地址",
        max_length=200,
        validators=[RegexValidator(ADDRESS, "写成 https://主机名:端口，只在外网专线里才用 http")],
        help_text="上级给的服务地址，不带接口的路径",
    )
    reason = forms.CharField(
        label="为什么换",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写明依据，例：上级哪天发的什么通知；留在记录里，同事和挂载接口的部门都会收到",
    )
    key = forms.ChoiceField(label="新地址用哪把密钥", widget=forms.RadioSelect)
    key_id = forms.CharField(label="新密钥的编号", max_length=60, required=False)
    secret = forms.CharField(
        label="新密钥",
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="选“换新密钥”才填；先用它向新地址试，答好了才换；保存后不再显示",
    )
    are_headers_sent = forms.BooleanField(required=False)
    instead_of = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, key_id: str, credentials: Sequence[str], **kwargs: Any) -> None:
        """`key_id`: of the key that is used now; `credentials`: interfaces that keep some."""
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [  # type: ignore[attr-defined]
            (KEPT, f"仍用现在的 {key_id}：新地址会收到用它签名的请求"),
            (NEW, "换新密钥：现在的这一把不用到新地址"),
        ]
        if credentials:
            told = "、".join(credentials)
            self.fields["are_headers_sent"].label = f"这些接口里存着的凭证也发给新地址：{told}"
        else:
            del self.fields["are_headers_sent"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        is_new = told.get("key") == NEW
        if is_new and not (told.get("key_id") and told.get("secret")):
            self.add_error("key_id", "选了换新密钥，编号和密钥都要填")
        if told.get("key") == KEPT and (told.get("key_id") or told.get("secret")):
            self.add_error("key", "填了新密钥，又选了仍用现在的，请选一样")
        return told

    def facts(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        is_kept = told.pop("key") == KEPT
        return {**told, "is_key_kept": is_kept}
