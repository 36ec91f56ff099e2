"""上级节点: made known, and given another key or another address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from diebian.base.exchange.adapters.models import ADDRESS, Level
from diebian.security.keys.public import SHORTEST

KEPT, NEW = "kept", "new"
SYSTEM = RegexValidator(r"^[a-z][a-z0-9_]*\Z", "小写字母开头，只用小写字母、数字和下划线")
PLACE = RegexValidator(ADDRESS, "写成 https://主机名:端口，只在外网专线里才用 http")


class KeyForm(forms.Form):
    """What a node above gave us to prove ourselves with. Typed once, never shown again."""

    key_id = forms.CharField(label="密钥编号", max_length=60)
    secret = forms.CharField(
        label="新密钥",
        min_length=SHORTEST,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="先用它向上级平台试一次，对方认了才换；保存后不再显示",
    )


class UpstreamForm(KeyForm):
    """Where a node is and how it knows us. What it answers is told when it is mounted."""

    title = forms.CharField(label="名称", max_length=100, help_text="例：省数据共享平台")
    system = forms.CharField(
        label="代码",
        max_length=40,
        validators=[SYSTEM],
        help_text="本市给它起的，登记后不改；挂载它的接口时，业务系统写这个代码",
    )
    level = forms.ChoiceField(label="级别", choices=Level.choices)
    address = forms.CharField(
        label="地址",
        max_length=200,
        validators=[PLACE],
        help_text="上级给的服务地址，不带接口的路径。例：https://share.example.cn:8443",
    )
    field_order = ("title", "system", "level", "address", "key_id", "secret")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["secret"].label = "密钥"
        self.fields["secret"].help_text = "只在这里填一次，存进密钥库，保存后不再显示"


class AddressForm(forms.Form):
    """What secrets may go to the new address is asked in words, one by one."""

    address = forms.CharField(
        label="新地址",
        max_length=200,
        validators=[PLACE],
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
