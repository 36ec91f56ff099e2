from diebian.kernel.errors import DiebianError


class PlanUnclear(DiebianError):
    code, status, title = "comparison.plan_unclear", 422, "比对的办法没有写清楚"


class TermsUnclear(DiebianError):
    code, status, title = (
        "comparison.terms_unclear",
        422,
        "名称、用途、依据和谁能看结果都要写明，期限要在今天以后",
    )


class SlugTaken(DiebianError):
    code, status, title = "comparison.slug_taken", 409, "这个代码已经有人用了，请换一个"


class NotMounted(DiebianError):
    code, status, title = (
        "comparison.not_mounted",
        409,
        "对方这张表还没有挂接到目录，不能申请比对；请对方的数据管理员先挂接",
    )


class NotListed(DiebianError):
    code, status, title = (
        "comparison.not_listed",
        422,
        "对方的目录里没有写这几列，不能用来比对",
    )


class NotAgreed(DiebianError):
    code, status, title = (
        "comparison.not_agreed",
        409,
        "提供部门还没有同意，或者授权已经停用，现在不能比对",
    )


class NothingCollected(DiebianError):
    code, status, title = (
        "comparison.nothing_collected",
        409,
        "有一张表还没有归集过，等第一批归集完成后再比对",
    )


class AlreadyRunning(DiebianError):
    code, status, title = (
        "comparison.already_running",
        409,
        "这项比对正在进行，等它结束或先停止",
    )


class NotRunning(DiebianError):
    code, status, title = "comparison.not_running", 409, "这一次已经结束了"


class NotDone(DiebianError):
    code, status, title = "comparison.not_done", 409, "这一次没有完成，没有结果可看"


class RowsGone(DiebianError):
    code, status, title = (
        "comparison.rows_gone",
        410,
        "这一次的名单已按期限清除，只留下人数；需要时请再比对一次",
    )


class TooManyRows(DiebianError):
    code, status, title = (
        "comparison.too_many_rows",
        422,
        "人太多，写不进一张表；请下载 CSV，或者只选一种结果",
    )


class TooManyResults(DiebianError):
    code, status, title = (
        "comparison.too_many_results",
        409,
        "要列出的人太多；请少选几种结果，只要人数的不用选",
    )


class SnapshotGone(DiebianError):
    code, status, title = (
        "comparison.snapshot_gone",
        409,
        "当时的数据已过保留期，不能照原样再比对；请按现在的数据比对",
    )


class TooManyRuns(DiebianError):
    code, status, title = (
        "comparison.too_many_runs",
        429,
        "今天已经比对了 5 次，明天零点起可以再比；照以前的数据再比一遍不算",
    )


class BrokenOff(DiebianError):
    code, status, title = (
        "comparison.broken_off",
        500,
        "断了太多次，不再自己接着做；请联系平台值守",
    )


class Stopped(DiebianError):
    code, status, title = "comparison.stopped", 409, "按要求停止了，没有留下名单"


class NobodyToAsk(DiebianError):
    code, status, title = (
        "comparison.nobody_to_ask",
        409,
        "两边都是本部门的数据，请直接在本部门改正",
    )
