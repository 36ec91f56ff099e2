"""What this scene tells the wall. The rows behind a figure carry case numbers, never names."""

from diebian.base.exchange.public import calls_of_today, calls_today
from diebian.base.licences.public import issued, issued_count
from diebian.brain.indicators.public import Evidence, Indicator

from . import selectors


def _cases() -> Evidence:
    rows = [
        (case.case_no, case.item.name, case.get_state_display())
        for case in selectors.opened_today()
    ]
    return Evidence(("办件编号", "事项", "状态"), rows)


def _on_time() -> int | None:
    decided = selectors.decided_with_punctuality()
    if not decided:
        return None
    return round(100 * sum(punctual for *_, punctual in decided) / len(decided))


def _on_time_rows() -> Evidence:
    rows = [
        (case.case_no, f"{day}", "按期" if punctual else "超过承诺")
        for case, day, punctual in selectors.decided_with_punctuality()
    ]
    return Evidence(("办件编号", "办结日", "是否按期"), rows)


def _calls() -> Evidence:
    rows = [
        (f"{one.at:%T}", one.system, one.resource, f"{one.status}", f"{one.milliseconds} ms")
        for one in calls_of_today()
    ]
    return Evidence(("时间（UTC）", "调用系统", "接口", "结果", "用时"), rows)


FIGURES = (
    Indicator(
        slug="calls-today",
        title="今日数据调用",
        unit="次",
        read=calls_today,
        evidence=_calls,
        definition="网关今天答复的调用，从网关日志逐行计入；含被拒绝的",
    ),
    Indicator(
        slug="cases-today",
        title="今日办件",
        unit="件",
        read=lambda: len(selectors.opened_today()),
        evidence=_cases,
        definition="今天收到的申请",
        by_county=selectors.open_cases_by_county,
    ),
    Indicator(
        slug="on-time",
        title="按期办结",
        unit="%",
        read=_on_time,
        evidence=_on_time_rows,
        definition="已办结的办件中，办结日不晚于承诺日的占比",
    ),
    Indicator(
        slug="licences",
        title="签发证照",
        unit="份",
        read=issued_count,
        evidence=lambda: Evidence(("标识", "名称", "签发日"), issued()),
        definition="本平台签发的电子证照",
    ),
)
