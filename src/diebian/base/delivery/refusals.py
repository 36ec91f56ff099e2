"""What mounting and delivering can be refused with. Stable codes."""

from datetime import datetime

from diebian.kernel.errors import DiebianError


class FileTooLarge(DiebianError):
    code, status, title = "delivery.file_too_large", 422, "文件太大，最大 64 MB；请分成几个再挂载"


class FileEmpty(DiebianError):
    code, status, title = "delivery.file_empty", 422, "文件是空的，请换一个"


class FileKindUnknown(DiebianError):
    code, status, title = (
        "delivery.file_kind_unknown",
        422,
        "只收 CSV、XLSX、JSON、XML、PDF、ZIP、TXT 文件，内容要和扩展名一致",
    )


class FileNameWrong(DiebianError):
    code, status, title = "delivery.file_name_wrong", 422, "文件名是空的，请改名后再传"


class FileLost(DiebianError):
    code, status, title = "delivery.file_lost", 410, "存着的文件不见了或变了，请联系运维人员"


class NotYours(DiebianError):
    code, status, title = "delivery.not_yours", 422, "只能挂载本部门归集的库表"


class MappingEmpty(DiebianError):
    code, status, title = "delivery.mapping_empty", 422, "请至少给一个信息项选对应的列"


class WayWrong(DiebianError):
    code, status, title = (
        "delivery.way_wrong",
        409,
        "这项授权不是这样交付的，请看申请里的写法",
    )


class GrantOver(DiebianError):
    code, status, title = (
        "delivery.grant_over",
        403,
        "授权已暂停、撤销或到期，不再交付；要继续用请重新申请",
    )


class TargetWrong(DiebianError):
    code, status, title = "delivery.target_wrong", 422, "接收库的地址没有写对"


class TargetUnreachable(DiebianError):
    code, status, title = "delivery.target_unreachable", 503, "接收库现在连不上"


class TargetLocked(DiebianError):
    code, status, title = (
        "delivery.target_locked",
        503,
        "接收库里的表被别的程序锁着，没有等到，这一批没有送；原有的都在，到时再送",
    )


class StatementTooLong(DiebianError):
    code, status, title = (
        "delivery.statement_too_long",
        504,
        "接收库一条语句做得太久，已停下，这一批没有送；原有的都在，到时再送",
    )


class SendTooLong(DiebianError):
    code, status, title = (
        "delivery.send_too_long",
        504,
        "接收库一直没有答完，已停下，这一批没有送；原有的都在，到时再送",
    )


class TargetRefuses(DiebianError):
    code, status, title = (
        "delivery.target_refuses",
        422,
        "接收库连得上，但这个账号不能在那个模式里建表，请联系库的管理员",
    )


class TableForeign(DiebianError):
    code, status, title = (
        "delivery.table_foreign",
        409,
        "接收库里已有一张同名的表，不是平台建的，没有动它；请换一个表名",
    )


class SlugTaken(DiebianError):
    code, status, title = "delivery.slug_taken", 409, "这个代码已有人使用，请换一个"


class AlreadyArranged(DiebianError):
    code, status, title = "delivery.already_arranged", 409, "这项授权已经安排过接收，请刷新后再看"


class PurposeMissing(DiebianError):
    code, status, title = "delivery.purpose_missing", 422, "请写明这次取用办什么事"


class TooManyRows(DiebianError):
    code, status, title = (
        "delivery.too_many_rows",
        422,
        "行数太多，不能用文件下载；请申请库表交付",
    )


class TargetBusy(DiebianError):
    code, status, title = "delivery.target_busy", 409, "正在送，请等这一批送完"


class ColumnsGone(DiebianError):
    code, status, title = (
        "delivery.columns_gone",
        409,
        "表里少了授权的列，请提供部门的数据管理员看一看",
    )


class SourceEnded(DiebianError):
    code, status, title = (
        "delivery.source_ended",
        409,
        "有来源部门停了同意，这一次没有给出；基础库不用那张表重新建好后，再按时送，也可以再下载",
    )


class TableNameWrong(DiebianError):
    code, status, title = (
        "delivery.table_name_wrong",
        422,
        "表名用小写字母、数字和下划线，字母开头，不超过 59 个，不以 diebian_ 开头",
    )


class VolumeUsed(DiebianError):
    """`goes_on`: from when on there is some again; None: never under this grant."""

    code, status, title = "delivery.volume_used", 429, "授权的量不够这一次用"

    def __init__(self, detail: str, *, goes_on: datetime | None) -> None:
        super().__init__(detail)
        self.goes_on = goes_on

    def as_problem(self, *, instance: str) -> dict[str, object]:
        told = super().as_problem(instance=instance)
        return {**told, "goes_on": self.goes_on.isoformat() if self.goes_on else None}
