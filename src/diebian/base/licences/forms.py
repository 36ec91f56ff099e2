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
