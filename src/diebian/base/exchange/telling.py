"""Who is told when a request moves: whoever acts next, and whoever waits for the answer."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from diebian.base.catalogue.public import ResourceLine
from diebian.base.catalogue.public import resource as resource_of
from diebian.base.messages.public import notify
from diebian.security.identity.public import PLATFORM, Post, officials_holding, system_names

from .models import Extension, Mode, RequestState, ShareRequest
from .models_alarm import LookAlarm
from .ways import OPENED

NEXT = {
    RequestState.OFFICE_REVIEW: "请代表本单位审核",
    RequestState.SUBMITTED: "请答复",
    RequestState.SUPPLEMENTING: "请补充材料，只此一次",
    RequestState.AGREED: "双方已同意，请开通",
    RequestState.CLOSING: "授权已停用，请处置取得的数据，并写明怎样处置",
}
BY_RULING = "争议有了结果，按裁定同意，请开通"
OUTCOME = {
    RequestState.DECLINED: "本单位没有同意",
    RequestState.REFUSED: "提供部门没有同意",
}
EXTENDED = {
    Extension.ASKED: "提供部门要求延长答复，请决定是否同意",
    Extension.GIVEN: "主管部门已同意延长答复",
    Extension.DENIED: "主管部门没有同意延长，原来的期限不变",
}


def who_acts(request: ShareRequest) -> list[str]:
    """Keys of the officials whose turn it is; nobody's once it is answered and opened."""
    consumer = request.consumer.credit_code
    provider = request.resource.entry.provider.credit_code
    turns = {
        RequestState.OFFICE_REVIEW: (Post.DATA_HEAD, consumer),
        RequestState.SUBMITTED: (Post.DATA_HEAD, provider),
        RequestState.SUPPLEMENTING: (Post.APPLICANT, consumer),
        RequestState.AGREED: (Post.AUTHORITY, ""),
        RequestState.CLOSING: (Post.APPLICANT, consumer),
    }
    turn = turns.get(RequestState(request.state))
    return officials_holding(turn[0], department=turn[1]) if turn else []


def tell_moved(request: ShareRequest) -> None:
    state = RequestState(request.state)
    if state in NEXT:
        tell(who_acts(request), request, BY_RULING if request.ruling else NEXT[state])
    if state == RequestState.ACTIVE:
        tell([request.requested_by], request, OPENED[Mode(request.mode)])
    if state in OUTCOME:
        reason = f"：{request.reason}" if request.reason else ""
        tell([request.requested_by], request, OUTCOME[state] + reason)


def tell_extension(request: ShareRequest) -> None:
    extension = Extension(request.extension)
    if extension == Extension.ASKED:
        tell(officials_holding(Post.AUTHORITY), request, EXTENDED[extension])
    else:
        tell([request.requested_by, *who_acts(request)], request, EXTENDED[extension])


def tell_withheld(request: ShareRequest, *, lost: Sequence[str], again: Sequence[str]) -> None:
    """Columns by their names in the catalogue. To whoever asked and whoever asks for them now."""
    names = {one.column: one.name for one in resource_of(request.resource.slug).columns}
    says = []
    if lost:
        told = "、".join(names.get(one, one) for one in lost)
        says.append(
            f"提供部门把“{told}”改为不予共享，从现在起不再提供，其余的照常；"
            "请调整本单位的系统，认为应当共享的可以提出争议"
        )
    if again:
        told = "、".join(names.get(one, one) for one in again)
        says.append(f"“{told}”恢复提供")
    applicants = officials_holding(Post.APPLICANT, department=request.consumer.credit_code)
    tell([request.requested_by, *applicants], request, "。".join(says))


def tell_alarm(alarm: LookAlarm, resource: ResourceLine) -> None:
    """Whoever keeps the data, and the authority: the consumer is not warned beforehand."""
    managers = officials_holding(Post.DATA_MANAGER, department=resource.provider)
    system = system_names().get(alarm.system, alarm.system)
    for key in dict.fromkeys([*managers, *officials_holding(Post.AUTHORITY)]):
        notify(
            key=key,
            title=f"异常查询：{resource.title}",
            body=f"{system}{alarm.says}。请向使用部门核实，需要的话暂停授权；核实后写明结果。",
            link=reverse("exchange:console"),
            by=PLATFORM,
        )


def tell_suspended(request: ShareRequest, reason: str) -> None:
    applicants = officials_holding(Post.APPLICANT, department=request.consumer.credit_code)
    tell([request.requested_by, *applicants], request, f"授权已暂停。{reason}")


def tell(keys: Iterable[str], request: ShareRequest, says: str) -> None:
    for key in dict.fromkeys(keys):
        notify(
            key=key,
            title=f"共享申请：{request.resource.title}",
            body=f"{request.consumer.name}申请使用，用途“{request.purpose}”。{says}。",
            link=reverse("exchange:request", args=[request.pk]),
            by=PLATFORM,
        )
