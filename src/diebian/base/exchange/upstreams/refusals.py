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


class AddressSame(DiebianError):
    code, status, title = "exchange.address_same", 422, "新地址和现在的一样，没有什么要换"


class AddressWeaker(DiebianError):
    code, status, title = (
        "exchange.address_weaker",
        422,
        "现在的地址是 https，不能换成不加密的 http；请向上级平台要 https 的地址",
    )


class AddressRefused(DiebianError):
    code, status, title = (
        "exchange.address_refused",
        422,
        "新地址没有答好，仍用原来的；请核对地址和密钥再换",
    )


class AddressMoved(DiebianError):
    code, status, title = (
        "exchange.address_moved",
        409,
        "别的人刚刚换过这个地址，请刷新后再看",
    )


class SecretsUnsaid(DiebianError):
    code, status, title = (
        "exchange.secrets_unsaid",
        422,
        "还没有说清哪些密钥、凭证可以用到新地址，一次也没有发出去",
    )


class MoveUnexplained(DiebianError):
    code, status, title = "exchange.move_unexplained", 422, "请写明为什么换地址，例：上级的通知"
