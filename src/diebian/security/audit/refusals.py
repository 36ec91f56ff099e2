from diebian.kernel.errors import DiebianError


class TreeBroken(DiebianError):
    """The stored peaks do not give the last signed root: nothing more is signed on top."""

    code, status, title = "audit.tree_broken", 500, "审计树与最后一个签名的树头对不上，已停止签名"


class NotInTheTree(DiebianError):
    code, status, title = "audit.not_in_the_tree", 409, "这一条还没有进入签名的审计树，请稍后再试"


class ProofWrong(DiebianError):
    code, status, title = "audit.proof_wrong", 422, "审计证明没有通过核对"
