"""What the keeper of the nodes above can be refused."""

from diebian.kernel.errors import DiebianError


class UpstreamKnown(DiebianError):
    code, status, title = "exchange.upstream_known", 409, "这个代码的上级平台已经登记过"


class AddressUnclear(DiebianError):
    code, status, title = (
        "exchange.address_unclear",
        422,
        "上级平台的地址要写成 https://主机名:端口",
    )


class KeyRefused(DiebianError):
    code, status, title = (
        "exchange.key_refused",
        422,
        "上级平台不认这把新密钥，仍用原来的；请核对编号和密钥再换",
    )


class KeyTooShort(DiebianError):
    code, status, title = "exchange.key_too_short", 422, "密钥编号要写明，密钥至少 8 个字符"
