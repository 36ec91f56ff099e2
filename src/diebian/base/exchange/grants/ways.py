"""How each kind of resource can be used, and how that is spoken of."""

from collections.abc import Mapping, Sequence

from diebian.base.catalogue.public import Kind

from .models import BY_PLATFORM, Mode
from .refusals import ModeUnfit

FITTING: Mapping[Kind, Sequence[Mode]] = {
    Kind.INTERFACE: (Mode.ROWS, Mode.VERIFY),
    Kind.TABLE: (Mode.TABLE, Mode.FILE),
    Kind.FILE: (Mode.FILE,),
}
OPENED: Mapping[Mode, str] = {
    Mode.ROWS: "已开通，可以调用了",
    Mode.VERIFY: "已开通，可以调用了",
    Mode.TABLE: "已开通，请安排送到哪个库",
    Mode.FILE: "已开通，可以下载了",
    Mode.COMPARE: "已开通，可以开始比对了",
    Mode.BASE: "已开通，下一次建库起合进来",
}
COLLECTED = (Kind.TABLE, Kind.INTERFACE)  # what stands for a collected table


def modes_of(kind: Kind) -> list[tuple[str, str]]:
    """For choosing; the first is the usual one."""
    return [(mode.value, mode.label) for mode in FITTING[kind]]


def check_mode(kind: Kind, mode: str) -> None:
    if mode in BY_PLATFORM and kind in COLLECTED:
        return
    if mode not in FITTING[kind]:
        raise ModeUnfit
