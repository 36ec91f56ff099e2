"""Who is told when a request moves: whoever acts next, and whoever waits for the answer."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from diebian.base.catalogue.public import resource as resource_of
from diebian.base.exchange.grants.models import (
    Extension,
    Grant,
    Mode,
    RequestState,
    ShareRequest,
    Standing,
)
from diebian.base.exchange.grants.sides import (
    ANYWHERE,
    CONSUMER,
    PROVIDER,
    USERS,
    Place,
    holding,
    users_of,
)
from diebian.base.exchange.grants.ways import OPENED
from diebian.base.messages.public import notify_all
from diebian.security.identity.public import PLATFORM, Post

from .dues import Step, due_of, grant_of

ACTING: Mapping[Step, Sequence[Place]] = {
    Step.OFFICE_REVIEW: [(Post.DATA_HEAD, CONSUMER)],
    Step.REPLY: [(Post.DATA_HEAD, PROVIDER)],
    Step.SUPPLEMENT: [(Post.APPLICANT, CONSUMER)],
    Step.CONSENT: [(Post.AUTHORITY, ANYWHERE)],
    Step.PROVISION: [(Post.AUTHORITY, ANYWHERE)],
    Step.RECTIFY: USERS,
    Step.CHECK: [(Post.DATA_HEAD, PROVIDER)],
    Step.DISPOSE: [(Post.APPLICANT, CONSUMER)],
    Step.EXPIRE: USERS,
}
# Whom silence reaches: the authority; where it is silent itself, those who wait for it.
SILENT: Mapping[Step, Sequence[Place]] = {
    Step.CONSENT: [(Post.DATA_HEAD, PROVIDER), (Post.APPLICANT, CONSUMER)],
    Step.RECTIFY: [(Post.DATA_HEAD, PROVIDER), (Post.AUTHORITY, ANYWHERE)],
}
STEP_OF = {
    RequestState.OFFICE_REVIEW: Step.OFFICE_REVIEW,
    RequestState.SUBMITTED: Step.REPLY,
    RequestState.SUPPLEMENTING: Step.SUPPLEMENT,
    RequestState.AGREED: Step.PROVISION,
    RequestState.CLOSING: Step.DISPOSE,
}
NEXT = {
    RequestState.OFFICE_REVIEW: "请代表本单位审核",
    RequestState.SUBMITTED: "请答复",
    RequestState.SUPPLEMENTING: "请补充材料，只此一次",
    RequestState.AGREED: "双方已同意，请开通",
    RequestState.CLOSING: "请处置取得的数据，并写明怎样处置",
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
OVER = {Standing.ENDED: "授权已到期", Standing.REVOKED: "授权已撤销"}


def who_acts(request: ShareRequest, step: Step | None = None) -> list[str]:
    """Keys of the officials whose turn it is; nobody's once it is answered and opened."""
    step = step or STEP_OF.get(RequestState(request.state))
    return holding(request, ACTING[step]) if step else []


def whom_silence_reaches(request: ShareRequest, step: Step) -> list[str]:
    return holding(request, SILENT.get(step, [(Post.AUTHORITY, ANYWHERE)]))


def tell_moved(request: ShareRequest) -> None:
    state = RequestState(request.state)
    if state in NEXT:
        tell(who_acts(request), request, _by_when(request, _next(request, state)))
    if state == RequestState.ACTIVE:
        tell([request.requested_by], request, OPENED[Mode(request.mode)])
    if state in OUTCOME:
        tell([request.requested_by], request, OUTCOME[state] + _because(request.reason))


def tell_extension(request: ShareRequest) -> None:
    extension = Extension(request.extension)
    if extension == Extension.ASKED:
        tell(who_acts(request, Step.CONSENT), request, EXTENDED[extension])
    else:
        tell([request.requested_by, *who_acts(request)], request, EXTENDED[extension])


def tell_suspended(grant: Grant, verb: str) -> None:
    """To the consumer what is wrong and by when, or that it may go on; to the provider its turn."""
    request = grant.request
    if verb == "rectified":
        says = f"申请部门说已整改：{grant.rectified}。请核实，改好了恢复授权，没改好写明再退回"
        tell(who_acts(request, Step.CHECK), request, _by_when(request, says))
        return
    words = {
        "suspended": f"授权已暂停{_because(grant.reason)}。请整改，改好后在这一页写明",
        "sent_back": f"核实后还没有改好{_because(grant.reason)}。请接着整改，改好后在这一页写明",
        "resumed": "授权已恢复，可以接着用了",
    }
    says = words[verb] if verb == "resumed" else _by_when(request, words[verb])
    tell(users_of(request), request, says)


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
    tell(users_of(request), request, "。".join(says))


def tell(keys: Iterable[str], request: ShareRequest, says: str) -> None:
    notify_all(
        keys=keys,
        title=f"共享申请：{request.resource.title}",
        body=f"{request.consumer.name}申请使用，用途“{request.purpose}”。{says}。",
        link=reverse("exchange:request", args=[request.pk]),
        by=PLATFORM,
    )


def _next(request: ShareRequest, state: RequestState) -> str:
    if state == RequestState.AGREED and request.ruling:
        return BY_RULING
    grant = grant_of(request)
    if state == RequestState.CLOSING and grant and grant.standing in OVER:
        return f"{OVER[Standing(grant.standing)]}{_because(grant.reason)}。{NEXT[state]}"
    return NEXT[state]


def _by_when(request: ShareRequest, says: str) -> str:
    due = due_of(request)
    return f"{says}（{due}）" if due else says


def _because(reason: str) -> str:
    return f"，理由：{reason}" if reason else ""
