"""Two departments, an authority, and an answer that can be disputed; made by the real actions."""

from typing import Any
from zlib import crc32

from diebian.base.disputes.models import Dispute
from diebian.base.disputes.public import Disputable, Matter, NotInDispute, disputables, open_dispute
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    department_keys,
    is_account,
    register_department,
    register_official,
)
from diebian.standards.credit_code import check_character

PROVIDER, ASKING, OTHER, BUREAU = "样例登记中心", "样例资金中心", "样例局外局", "样例数据局"
KIND, LATER = "sample-answer", "sample-answer-later"


class Changed:
    """What the decisions have changed; `done`: whether the provider has acted."""

    told: dict[str, str] = {}
    done = False


def department(name: str) -> str:
    """The code is well-formed and nobody's."""
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(post: Post, of: str) -> Actor:
    """With an account, so that notices reach somebody."""
    key = f"{post.value}_{crc32(of.encode()) % 1000}"
    if not is_account(key):
        register_official(username=key, password="样例-2026-长", name=f"样例{post.value}",
                          department=department(of), posts=[post], by=PLATFORM)  # fmt: skip
    return Actor(name=f"样例{post.value}", department=department(of), key=key, posts=(post,))


def asker() -> Actor:
    return who(Post.APPLICANT, ASKING)


def head() -> Actor:
    return who(Post.DATA_HEAD, PROVIDER)


def authority() -> Actor:
    return who(Post.AUTHORITY, BUREAU)


def a_dispute(about: str = "1", kind: str = KIND, by: Actor | None = None) -> Dispute:
    return open_dispute(kind=kind, about=about, grounds="确需使用", by=by or asker())


def _find(about: str, by: Actor) -> Matter:
    if about == "settled":
        raise NotInDispute
    if not by.holds(Post.APPLICANT):
        raise Refused
    asking = department(ASKING) if by.department == department(ASKING) else by.department
    provider = BUREAU if about == "of-the-bureau" else PROVIDER
    return Matter(f"样例 {about}", "不符合条件", asking, department(provider), "/样例")


def _overturn(about: str, ruling: str, by: Actor) -> None:
    assert by == PLATFORM
    Changed.told[about] = ruling


def register() -> None:
    told: dict[str, Any] = {
        "title": "样例答复", "follows": "样例改变", "find": _find, "overturn": _overturn
    }  # fmt: skip
    known = {one.slug for one in disputables}
    if KIND not in known:
        disputables.register(Disputable(slug=KIND, **told))
        later = Disputable(slug=LATER, is_carried_out=lambda _: Changed.done, **told)
        disputables.register(later)
