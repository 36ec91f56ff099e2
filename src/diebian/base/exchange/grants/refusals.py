"""What does not fit a kind of resource: a way of use, an amount."""

from diebian.kernel.errors import DiebianError


class ModeUnfit(DiebianError):
    code, status, title = (
        "exchange.mode_unfit",
        422,
        "这个资源不能这样用：接口只能调用，文件只能下载，库表可以送库或下载",
    )


class VolumeUnclear(DiebianError):
    code, status, title = (
        "exchange.volume_unclear",
        422,
        "量要大于 0，并说清是每天、每月还是授权期内一共；接口按次数算，不写量",
    )
