"""Two departments with reviewers, and the thin line; all of it made by the real actions."""

from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32

from diebian.base.process.definitions.actions import deploy
from diebian.base.process.definitions.services import Answered, Asked, Service, services
from diebian.base.process.running.actions import complete, start
from diebian.base.process.running.models import Case, Standing, Token
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Kind,
    Post,
    department_keys,
    is_account,
    register_department,
    register_official,
)
from diebian.standards.credit_code import check_character

from . import drawn

HERE, THERE = "样例审批局", "样例执法局"


def department(name: str) -> str:
    """The code is well-formed and nobody's."""
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    return body + check_character(body)


def reviewer(name: str = "甲", of: str = HERE, post: Post = Post.REVIEWER) -> Actor:
    return Actor(name=name, department=department(of), key=f"key-{name}", posts=(post,))


def registered(name: str = "甲", of: str = HERE, post: Post = Post.REVIEWER) -> Actor:
    """With an account, so that it can be named, and told."""
    made = reviewer(name, of, post)
    if made.department not in department_keys():
        register_department(credit_code=made.department, name=of, by=PLATFORM)
    if not is_account(made.key):
        register_official(username=made.key, password="样例-2026-长", name=name,
                          department=made.department, posts=[post], by=PLATFORM)  # fmt: skip
    return made


def person() -> Actor:
    return Actor(name="样例申请人", kind=Kind.PERSON, key="key-person")


def system() -> Actor:
    return Actor(name="样例系统", kind=Kind.SYSTEM, department=department(THERE), key="sample")


class Asks:
    """The sample service: what it was asked, and what it says to that."""

    told: list[Asked] = []
    answer: Answered | Exception = Answered()
    by: Callable[[Asked], Answered] | None = None


def _ask(asked: Asked) -> Answered:
    Asks.told.append(asked)
    if Asks.by is not None:
        return Asks.by(asked)
    if isinstance(Asks.answer, Exception):
        raise Asks.answer
    return Asks.answer


def register() -> None:
    Asks.told, Asks.answer, Asks.by = [], Answered(), None
    if "sample" not in {one.slug for one in services}:
        services.register(Service("sample", "样例系统", _ask))


THIN = drawn.drawing(
    "thin",
    drawn.start(), drawn.user("review", "准予,不予"), drawn.choice("g"), drawn.service("issue"),
    drawn.end("granted", "granted"), drawn.end("refused", "refused"),
    drawn.flows(("start", "review"), ("review", "g"), ("g", "issue", 'decision.review = "准予"'),
                ("g", "refused", 'decision.review = "不予"'), ("issue", "granted")),
)  # fmt: skip


def opened(file: bytes = THIN, form: Mapping[str, Any] | None = None, key: str = "1") -> int:
    """A case on this drawing."""
    version = deploy(file=file, by=PLATFORM)
    return start(process=version.key, business_key=key, title="样例件", form=form or {},
                 department=department(HERE), person=person().key, by=PLATFORM)  # fmt: skip


def tasks(case: int) -> dict[str, int]:
    """Element, with its item where it has one, to the task's number."""
    rows = Token.objects.filter(case_id=case, standing__in=[Standing.TASK, Standing.ASIDE])
    return {f"{one.element}:{one.item}".rstrip(":"): one.number for one in rows.order_by("number")}


def do(
    case: int, element: str, outcome: str = "done", by: Actor | None = None, **more: Any
) -> None:
    complete(case=case, task=tasks(case)[element], outcome=outcome, by=by or reviewer(), **more)


def outcome(case: int) -> str:
    """Empty while it goes on."""
    row = Case.objects.get(pk=case)
    return row.outcome if row.state == "closed" else ""
