from diebian.kernel.errors import DiebianError


class PlanUnclear(DiebianError):
    code, status, title = "masterdata.plan_unclear", 422, "基础库没有写清楚"


class SlugTaken(DiebianError):
    code, status, title = "masterdata.slug_taken", 409, "这个代码是别的部门的基础库，请换一个"


class NothingNew(DiebianError):
    code, status, title = "masterdata.nothing_new", 409, "和现在的版本一样，没有什么要改"


class NothingCollected(DiebianError):
    code, status, title = (
        "masterdata.nothing_collected",
        409,
        "有一张来源表还没有归集过，等第一批归集完成后再建",
    )


class NoLeave(DiebianError):
    code, status, title = (
        "masterdata.no_leave",
        409,
        "没有一张来源表得到同意，还不能建；请先向各部门申请，等他们同意",
    )


class LeaveEnded(DiebianError):
    code, status, title = (
        "masterdata.leave_ended",
        409,
        "建到一半，有部门的授权停了；这一次不算，后台会不用那张表再建",
    )


class NothingToAsk(DiebianError):
    code, status, title = (
        "masterdata.nothing_to_ask",
        409,
        "没有要申请的：都已经申请过，或者都是本部门的表",
    )


class NotMounted(DiebianError):
    code, status, title = (
        "masterdata.not_mounted",
        409,
        "这张表没有挂接到数据目录，没法申请；请它的部门先挂接",
    )


class NotListed(DiebianError):
    code, status, title = (
        "masterdata.not_listed",
        409,
        "目录里没有列出要用的列，没法申请；请提供部门补上，或者修改声明",
    )


class NothingOffered(DiebianError):
    code, status, title = (
        "masterdata.nothing_offered",
        422,
        "这条目录的信息项里，没有一个接口列名是这个基础库的列；请先在目录里写上",
    )


class NothingBuilt(DiebianError):
    code, status, title = (
        "masterdata.nothing_built",
        409,
        "这个基础库还没有建成过，没有记录可给；请先建一次，建成后再挂接或再送",
    )


class AlreadyBuilding(DiebianError):
    code, status, title = "masterdata.already_building", 409, "正在建，等它结束或先停止"


class NotBuilding(DiebianError):
    code, status, title = "masterdata.not_building", 409, "这一次已经结束了"


class SnapshotGone(DiebianError):
    code, status, title = (
        "masterdata.snapshot_gone",
        409,
        "当时的数据已过保留期，请按现在的数据再建",
    )


class Stopped(DiebianError):
    code, status, title = "masterdata.stopped", 409, "按要求停止了，用的还是上一次建好的"


class BrokenOff(DiebianError):
    code, status, title = (
        "masterdata.broken_off",
        500,
        "断了太多次，不再自己接着做；请联系平台值守",
    )


class TooManyPairs(DiebianError):
    code, status, title = (
        "masterdata.too_many_pairs",
        409,
        "要人看的对子太多，人看不过来；请把上限调低、下限调高，或者多比几项",
    )


class PairGone(DiebianError):
    code, status, title = (
        "masterdata.pair_gone",
        409,
        "这一对已经变了或已经有人定了，请回到列表看现在的",
    )


class DecisionGone(DiebianError):
    code, status, title = "masterdata.decision_gone", 409, "这个决定已经撤回了"


class NobodyToAsk(DiebianError):
    code, status, title = (
        "masterdata.nobody_to_ask",
        409,
        "这张表没有挂接到目录，或是本部门的，不能交校核；请直接和管这张表的人说",
    )


class ReasonMissing(DiebianError):
    code, status, title = "masterdata.reason_missing", 422, "请写明理由，至少两个字"


class PurposeMissing(DiebianError):
    code, status, title = (
        "masterdata.purpose_missing",
        422,
        "请写明为什么要看，本人会在“谁查过我”里看到",
    )
