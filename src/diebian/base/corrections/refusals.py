from diebian.kernel.errors import DiebianError


class SaysNothing(DiebianError):
    code, status, title = "corrections.says_nothing", 422, "请写明哪里不对、应当是什么"


class AlreadyOpen(DiebianError):
    code, status, title = (
        "corrections.already_open",
        409,
        "这一项已经有人提出校核，正在核实，不用重复提",
    )


class KeyReused(DiebianError):
    code, status, title = (
        "corrections.key_reused",
        409,
        "这个 Idempotency-Key 用过了，内容却不同，请换一个",
    )


class KeyMissing(DiebianError):
    code, status, title = (
        "corrections.key_missing",
        422,
        "请在 Idempotency-Key 里给这一次提出一个自己的编号，最多 100 个字",
    )


class RulingBinds(DiebianError):
    code, status, title = (
        "corrections.ruling_binds",
        409,
        "争议已经裁定要改正，请在源头改好后答复",
    )


class WrongState(DiebianError):
    code, status, title = "corrections.wrong_state", 409, "这件校核已不在这一步，请刷新后再看"
