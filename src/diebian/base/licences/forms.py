from typing import Any

from django import forms

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_CODE = 4000


class CheckForm(forms.Form):
    """A file (signed data or PDF), or what a phone reads in the QR code."""

    file = forms.FileField(label="证照文件（PDF 或数据文件）", required=False)
    code = forms.CharField(
        label="或者粘贴二维码的内容",
        required=False,
        max_length=LARGEST_CODE,
        widget=forms.Textarea(attrs={"rows": 3, "class": "inp"}),
    )

    @property
    def raw(self) -> bytes:
        sent = self.cleaned_data["file"]
        return bytes(sent.read()) if sent else b""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sent = cleaned.get("file")
        if not sent and not cleaned.get("code"):
            raise forms.ValidationError("请选一个文件，或者粘贴二维码的内容")
        if sent and sent.size > LARGEST_FILE:
            self.add_error("file", "文件太大，证照文件不超过 2 MB")
        return cleaned


class CopyForm(forms.Form):
    """For whom a copy is, and for what: it is printed on it."""

    for_whom = forms.CharField(
        label="给谁用", max_length=100, widget=forms.TextInput(attrs={"class": "inp"}),
        help_text="例如：样例银行",
    )  # fmt: skip
    purpose = forms.CharField(
        label="办什么事", max_length=200, widget=forms.TextInput(attrs={"class": "inp"}),
        help_text="例如：开户核对身份",
    )  # fmt: skip
