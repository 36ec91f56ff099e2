"""What the gateway's log says: calls, refusals, time. A call belongs to no county."""

from functools import partial
from typing import Any

from django.db.models import F, QuerySet

from diebian.base.exchange.public import Call, calls, metered_until
from diebian.kernel import clock
from diebian.kernel.errors import NotFound

from .acts import Act, ActKind
from .figures import Indicator
from .measures import Measure
from .rows import ActReference, QueryRows, Row, within
from .windows import Scope

ANSWERED, REFUSED, FAILED = range(200, 300), range(400, 500), 500
LONGEST_NUMBER = 18  # digits of a bigint that always fits
WORDS = {
    401: "没有有效令牌",
    403: "未获授权",
    404: "没有这个接口",
    413: "内容太大",
    422: "内容不全",
    429: "超过授权额度",
}
HEADS = ("时间", "调用系统", "接口", "结果", "用时")


def outcome(status: int) -> str:
    if status in ANSWERED:
        return f"已答复（{status}）"
    if status >= FAILED:
        return f"数据服务不可用（{status}）"
    return f"已拒绝：{WORDS.get(status, '请求不合要求')}（{status}）"


def _line(call: Call) -> Row:
    at = call.at.astimezone(clock.CITY_TIME)
    told = (call.system or "未识别", call.route or "未识别", outcome(call.status))
    cells = (f"{at:%m-%d %H:%M:%S}", *told, f"{call.milliseconds} 毫秒")
    return Row(cells, ActReference("call", f"{call.pk}"))


def _rows(asked: Scope, *, statuses: range | None = None, **weighing: Any) -> QueryRows:
    query: QuerySet[Call] = within(calls(), asked, moment="at")
    if statuses is not None:
        query = query.filter(status__gte=statuses.start, status__lt=statuses.stop)
    return QueryRows(query, _line, moment="at", **weighing)


def _act(number: str) -> Act:
    is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
    call = calls().filter(pk=int(number)).first() if is_number else None
    if call is None:
        raise NotFound
    at = call.at.astimezone(clock.CITY_TIME)
    return Act(
        title="一次数据调用",
        facts=(
            ("时间", f"{at:%Y-%m-%d %H:%M:%S.%f}"[:-3]),
            ("调用系统", call.system or "未识别：没有有效令牌"),
            ("接口", call.route or "未识别"),
            ("结果", outcome(call.status)),
            ("用时", f"{call.milliseconds} 毫秒"),
            ("网关标记", call.flags.strip("-") or "无"),
            ("请求号", call.request_id),
            ("网关实例", call.instance),
            ("日志位置", f"文件 {call.inode}，第 {call.offset} 字节起"),
        ),
    )


CALL = ActKind("call", _act)
_told: dict[str, Any] = {
    "owner": "数据主管部门",
    "source": "共享网关的访问日志，逐行计入，一行一次",
    "columns": HEADS,
    "cut_off": metered_until,
}
FIGURES = (
    Indicator(
        slug="calls-today",
        title="今日数据调用",
        unit="次",
        definition="网关今天答复的每一次调用，被拒绝的和失败的也算",
        read=_rows,
        short="调用",
        is_charted=True,
        order=40,
        **_told,
    ),
    Indicator(
        slug="calls-refused",
        title="今日被拒绝的调用",
        unit="次",
        definition="网关或接口今天以 4xx 答复的调用：没有令牌、未获授权、超过额度、内容不合要求",
        read=partial(_rows, statuses=REFUSED),
        order=70,
        **_told,
    ),
    Indicator(
        slug="call-time",
        title="平均调用用时",
        unit="毫秒",
        definition="今天已答复（2xx）的调用，从网关收到至答完，用时之和除以次数",
        read=partial(_rows, statuses=ANSWERED, weight=F("milliseconds")),
        measure=Measure.MEAN,
        parts=("用时合计（毫秒）", "已答复的调用（次）"),
        order=80,
        **_told,
    ),
)
