"""What this scene tells the wall. The rows behind a figure carry case numbers, never names."""

from typing import Any

from diebian.base.licences.public import Licence
from diebian.brain.indicators.public import (
    ActReference,
    DerivedRows,
    Indicator,
    Measure,
    QueryRows,
    Row,
    Scope,
    Window,
)
from diebian.kernel import clock

from . import figure_rows
from .models import Case


def _cases(asked: Scope) -> QueryRows:
    return QueryRows(figure_rows.received(asked), _case_line, "received_at", "county")


def _spared(asked: Scope) -> QueryRows:
    query, weight = figure_rows.received(asked), figure_rows.spared()
    return QueryRows(query, _spared_line, "received_at", "county", weight)


def _on_time(asked: Scope) -> DerivedRows:
    weigh = figure_rows.punctuality()

    def line(case: Any) -> Row:
        is_punctual = weigh(case.version_id, case.history)
        cells = (case.case_no, case.item.name, _at(case.decided_at))
        return Row((*cells, "按期" if is_punctual else "超过承诺"), _act(case))

    return DerivedRows(
        figure_rows.decided(asked),
        line,
        "decided_at",
        "county",
        facts=("version_id", "history"),
        rule=weigh,
    )


def _licences(asked: Scope) -> QueryRows:
    return QueryRows(figure_rows.issued(asked), _licence_line, "issued_at", "county")


def _waiting(_: Scope) -> QueryRows:
    return QueryRows(figure_rows.waiting(), _waiting_line, "waiting_since")


def _case_line(case: Case) -> Row:
    state = case.get_state_display()
    return Row((case.case_no, case.item.name, _at(case.received_at), state), _act(case))


def _spared_line(case: Any) -> Row:
    cells = (case.case_no, case.item.name, _at(case.received_at), f"{case.row_weight} 份")
    return Row(cells, _act(case))


def _licence_line(licence: Licence) -> Row:
    cells = (licence.identifier, licence.title, _at(licence.issued_at))
    return Row(cells, ActReference("case", licence.case_no))


def _waiting_line(case: Any) -> Row:
    cells = (case.case_no, case.item.name, case.waits_for, _at(case.waiting_since))
    return Row(cells, _act(case))


def _act(case: Case) -> ActReference:
    return ActReference("case", case.case_no)


def _at(moment: Any) -> str:
    return f"{moment.astimezone(clock.CITY_TIME):%Y-%m-%d %H:%M}"


FIGURES = (
    Indicator(
        slug="cases-today",
        title="今日办件",
        unit="件",
        definition="今天收到的申请，网上和窗口都算；没有提交的草稿不算。县（市）区在受理时才知道",
        owner="各受理部门",
        source="办件登记的收件时间",
        columns=("办件编号", "事项", "收件时间", "现在"),
        read=_cases,
        classes=(1, 5, 20),
        short="办件",
        is_charted=True,
        order=10,
        is_public=True,
    ),
    Indicator(
        slug="on-time",
        title="按期办结",
        unit="%",
        definition="本月已办结的办件中，办结日不晚于承诺日的占比；等申请人补正的日子不算",
        owner="各受理部门",
        source="办件经过（收件、受理、补正、决定的日期）和工作日历",
        columns=("办件编号", "事项", "办结时间", "是否按期"),
        read=_on_time,
        window=Window.MONTH,
        measure=Measure.SHARE,
        parts=("按期（件）", "办结（件）"),
        classes=(90, 95, 99),
        short="按期",
        order=20,
        is_public=True,
    ),
    Indicator(
        slug="materials-spared",
        title="免提交材料",
        unit="份",
        definition="今天收到的每件申请中，由实名登录或部门接口代替、申请人不用交的材料份数之和",
        owner="各受理部门",
        source="办件登记，乘以事项所列材料的取得方式",
        columns=("办件编号", "事项", "收件时间", "免提交"),
        read=_spared,
        measure=Measure.SUM,
        parts=("免提交（份）", "办件（件）"),
        classes=(1, 20, 100),
        short="免交",
        order=30,
        is_public=True,
    ),
    Indicator(
        slug="licences",
        title="签发证照",
        unit="份",
        definition="本平台到今天为止签发的电子证照，已撤销的也算",
        owner="各发证部门",
        source="电子证照登记",
        columns=("证照标识", "名称", "签发时间"),
        read=_licences,
        window=Window.TO_DATE,
        classes=(1, 20, 100),
        short="证照",
        order=50,
        is_public=True,
    ),
    Indicator(
        slug="waiting-upstream",
        title="等部门系统的办件",
        unit="件",
        definition="现在已收件、因部门系统取不到数据而没有受理的办件；恢复后自动再试",
        owner="提供数据的部门",
        source="办件登记",
        columns=("办件编号", "事项", "在等", "从何时起"),
        read=_waiting,
        window=Window.NOW,
        order=60,
    ),
)
