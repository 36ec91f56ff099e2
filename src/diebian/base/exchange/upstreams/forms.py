"""上级节点: made known, and given another key."""

from django import forms
from django.core.validators import RegexValidator

from diebian.base.exchange.adapters.models import ADDRESS, Level
from diebian.security.keys.public import SHORTEST

SYSTEM = RegexValidator(r"^[a-z][a-z0-9_]*\Z", "小写字母开头，只用小写字母、数字和下划线")


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
        validators=[RegexValidator(ADDRESS, "写成 https://主机名:端口，只在外网专线里才用 http")],
        help_text="上级给的服务地址，不带接口的路径。例：https://share.example.cn:8443",
    )
    field_order = ("title", "system", "level", "address", "key_id", "secret")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["secret"].label = "密钥"
        self.fields["secret"].help_text = "只在这里填一次，存进密钥库，保存后不再显示"
