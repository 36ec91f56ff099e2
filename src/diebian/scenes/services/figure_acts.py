"""What happened to one case, for those who watch: times, posts, departments, calls. No names.

Reasons and supplements are left out: people write into them about people.
"""

from diebian.brain.indicators.public import Act, ActKind, ActLine
from diebian.kernel.errors import NotFound
from diebian.security.tracker.public import ReadLine, reads_in

from .models import Case, CaseEvent, State
from .selectors import clock_of

APPLICANT, PLATFORM, REVIEWER, HEAD = "申请人", "平台（自动）", "审核岗", "负责人"
HAPPENED = {
    "opened": ("开始填写", APPLICANT),
    "handed_over": ("交给申请人继续填", "窗口岗"),
    "received": ("收件", APPLICANT),
    "corrected": ("数据由提供部门改正，重新查询", PLATFORM),
    "waiting": ("部门系统取不到数据，等它恢复", PLATFORM),
    "passed_on": ("不归收到的机关办，已转", REVIEWER),
    "forwarded": ("电子材料转到决定机关", "窗口岗"),
    "followed_up": ("一并办理的事项", PLATFORM),
    "assigned": ("转给有权办理的机关", PLATFORM),
    "accepted": ("受理，时钟从次日起算", PLATFORM),
    "supplement_asked": ("一次告知补正，时钟停", REVIEWER),
    "supplement_done": ("补正完成，时钟继续", APPLICANT),
    "step_done": ("办完一步", REVIEWER),
    "paused": ("特别程序，时钟停", REVIEWER),
    "resumed": ("特别程序结束，时钟继续", REVIEWER),
    "suspended": ("中止办理，时钟停", HEAD),
    "suspension_ended": ("恢复办理，时钟继续", HEAD),
    "extended": ("法定时间延长", HEAD),
    "overran": ("说明超过承诺的原因", REVIEWER),
    "decided": ("作出决定", REVIEWER),
    "delivered": ("决定送达申请人", PLATFORM),
    "withdrawn": ("撤回", APPLICANT),
    "discarded": ("放弃草稿", APPLICANT),
    "lapsed": ("草稿到期", PLATFORM),
}


def _act(number: str) -> Act:
    rows = Case.objects.select_related("item", "department", "version").filter(case_no=number)
    case = rows.exclude(received_at__isnull=True).first()
    if case is None:
        raise NotFound
    department = case.department.name
    return Act(
        title=case.item.name,
        facts=(
            ("办件编号", case.case_no),
            ("主管部门", department),
            ("现在", _now(case)),
            ("承诺办结日", _due(case)),
        ),
        lines=[_line(event, department) for event in case.events.all()],
        calls=[_call(read) for read in reversed(reads_in(case_no=number))],
    )


def _line(event: CaseEvent, department: str) -> ActLine:
    what, whose = HAPPENED.get(event.kind, ("有变化", ""))
    return ActLine(event.at, what, f"{department}{whose}" if whose in {REVIEWER, HEAD} else whose)


def _call(read: ReadLine) -> ActLine:
    found = "查到" if read.found else "没有记录"
    return ActLine(read.at, f"查询{read.resource}", read.department, f"用于{read.purpose}，{found}")


def _now(case: Case) -> str:
    if case.state == State.RECEIVED and case.waits_for:
        return f"{case.get_state_display()}，在等：{case.waits_for}"
    return str(case.get_state_display())


def _due(case: Case) -> str:
    told = clock_of(case)
    if told.promised_due is not None:
        return f"{told.promised_due:%Y-%m-%d}"
    return f"{told.accept_by:%Y-%m-%d} 前告知是否受理" if told.accept_by else "还没有起算"


CASE = ActKind("case", _act)
