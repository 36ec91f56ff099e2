"""What a collection can be refused with, or end with. A run keeps the sentence for its page."""

from diebian.kernel.errors import DiebianError


class SourceUnreachable(DiebianError):
    code, status, title = "lake.source_unreachable", 502, "连不上对方的系统"


class SourceWrong(DiebianError):
    code, status, title = "lake.source_wrong", 422, "对方给的内容不是约定的样子"


class SourceEndless(DiebianError):
    code, status, title = "lake.source_endless", 422, "对方给的内容超过上限，已停止读取"


class EncodingUnknown(DiebianError):
    code, status, title = "lake.encoding_unknown", 422, "文件既不是 UTF-8，也不是 GB18030"


class FileUnsafe(DiebianError):
    code, status, title = "lake.file_unsafe", 422, "文件打开后过大，或不是正常的表格，没有读取"


class TableUnknown(DiebianError):
    code, status, title = "lake.table_unknown", 422, "对方系统里没有这张表或这个文件"


class SecretMissing(DiebianError):
    code, status, title = "lake.secret_missing", 422, "没有找到所指的口令，请运维人员放好后再试"


class SecretElsewhere(DiebianError):
    code, status, title = (
        "lake.secret_elsewhere",
        422,
        "这个口令不是为这个地址放的，没有送出，请运维人员核对",
    )


class Overdue(DiebianError):
    code, status, title = "lake.overdue", 504, "收得太久，已停下；请看对方的系统，或把时限放宽"


class SourceSlow(DiebianError):
    code, status, title = "lake.source_slow", 504, "这个来源已有几张表超时，这一轮不再等它"


class DriverMissing(DiebianError):
    code, status, title = "lake.driver_missing", 422, "没有安装这种数据库的驱动"


class TypeUnknown(DiebianError):
    code, status, title = "lake.type_unknown", 422, "湖里没有这种数据类型"


class ColumnsUnclear(DiebianError):
    code, status, title = "lake.columns_unclear", 422, "列没有写清"


class AddressWrong(DiebianError):
    code, status, title = "lake.address_wrong", 422, "地址没有写对"


class DefinitionMoved(DiebianError):
    code, status, title = "lake.definition_moved", 409, "别人刚改过这项归集，请重新打开再改"


class NothingChanged(DiebianError):
    code, status, title = "lake.nothing_changed", 422, "和现在的定义一样，没有要改的"


class WhyMissing(DiebianError):
    code, status, title = "lake.why_missing", 422, "请写明为什么改"


class SlugTaken(DiebianError):
    code, status, title = "lake.slug_taken", 409, "这个代码已有人使用，请换一个"


class TableBusy(DiebianError):
    code, status, title = "lake.table_busy", 409, "另一个归集正在写这张表，请等它结束"


class ShapeChanged(DiebianError):
    code, status, title = "lake.shape_changed", 409, "源的样子变了，已停下等人决定"


class TooManyBad(DiebianError):
    code, status, title = "lake.too_many_bad", 422, "坏行太多，一行也没有收"


class Stopped(DiebianError):
    code, status, title = "lake.stopped", 409, "有人要求停止"


class HoldDecided(DiebianError):
    code, status, title = "lake.hold_decided", 409, "已经有人决定过，请刷新后再看"


class NotRunning(DiebianError):
    code, status, title = "lake.not_running", 409, "这一批已经结束，请刷新后再看"


class KeyReused(DiebianError):
    code, status, title = "lake.key_reused", 409, "同一个幂等键推送过不同的内容，没有接收"


class PushWrong(DiebianError):
    code, status, title = "lake.push_wrong", 422, "推送的内容不是约定的样子"


class WindowWrong(DiebianError):
    code, status, title = "lake.window_wrong", 422, "补采的起止没有写对"


class BucketUnclear(DiebianError):
    code, status, title = "lake.bucket_unclear", 500, "LAKE_URL 看不懂"


class ReadTooLong(DiebianError):
    code, status, title = "lake.read_too_long", 422, "读得太久，已停下；请用条件缩小范围"


class ReadersBusy(DiebianError):
    code, status, title = "lake.readers_busy", 503, "现在读数据的人很多，请过一会儿再试"


class SparkMissing(DiebianError):
    code, status, title = "lake.spark_missing", 503, "没有安装 Spark，请先运行：./diebian scale"


class JavaMissing(DiebianError):
    code, status, title = "lake.java_missing", 503, "Spark 要用 Java 17 或 21，请先安装，再试一次"
