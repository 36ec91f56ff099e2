"""What does not fit: a way of use and a kind of resource."""

from diebian.kernel.errors import DiebianError


class ModeUnfit(DiebianError):
    code, status, title = (
        "exchange.mode_unfit",
        422,
        "这个资源不能这样用：接口只能调用，文件只能下载，库表可以送库或下载",
    )
