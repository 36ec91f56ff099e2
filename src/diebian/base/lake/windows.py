"""补采: the bounds of a window, as the source compares its own watermark column."""

from datetime import datetime

from .models import Collection, Mode, SourceKind
from .refusals import WindowWrong

MOMENTS = ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "DATE")
NUMBERS = ("BIGINT", "INTEGER", "SMALLINT", "HUGEINT")


def check_window(one: Collection, since: str, until: str) -> None:
    """Raises `WindowWrong`: better here, to whoever typed it, than from the source in a run."""
    if one.mode == Mode.FULL:
        raise WindowWrong(f"“{one.title}”是全量归集，没有起止可分")
    if one.source.kind == SourceKind.PUSH:
        raise WindowWrong(f"“{one.title}”由部门推送，请部门再推一次")
    type_ = watermark_type(one)
    bounds = [_read(bound, type_) for bound in (since, until) if bound]
    if len(bounds) > 1 and not bounds[0] < bounds[1]:
        raise WindowWrong("起应在止之前")


def watermark_type(one: Collection) -> str:
    """The lake's word; what only steers is a number."""
    told = {column["name"]: column["type"] for column in one.columns}
    return str(told.get(one.watermark_column, one.options.get("watermark_type", "BIGINT")))


def _read(bound: str, type_: str) -> tuple[int | float | str, ...]:
    try:
        if type_ in NUMBERS:
            return (int(bound),)
        if type_ in MOMENTS:
            return (datetime.fromisoformat(bound).timestamp(),)
    except ValueError as error:
        form = "一个整数" if type_ in NUMBERS else "年-月-日，或年-月-日 时:分:秒"
        raise WindowWrong(f"“{bound[:40]}”看不懂，应写成{form}") from error
    return (bound,)
