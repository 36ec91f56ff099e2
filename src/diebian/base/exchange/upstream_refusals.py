"""What changing a node's address can be refused with. Stable codes."""

from diebian.kernel.errors import DiebianError


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
