"""What may be done to a clock by whoever looks, as the forms need it. No decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from diebian.scenes.services.carrying.own import is_at_own_step
from diebian.scenes.services.models import Case, Extension, State
from diebian.scenes.services.selectors import is_licensing, rule_of
from diebian.security.identity.public import Actor
from diebian.standards.deadlines import Clock
from diebian.standards.procedures import GROUNDS, LONGEST_STOP, PROCEDURES, SpecialProcedure
from diebian.standards.sharing import Limit

from . import policy
from .selectors import extension_of


@dataclass(frozen=True)
class Choice:
    value: str
    title: str


@dataclass(frozen=True)
class Acts:
    """`extension`: the newest asked for; `extends`: what the law allows, None where it may not."""

    may_begin: bool
    may_end: bool
    may_suspend: bool
    may_resume: bool
    may_ask: bool
    may_decide: bool
    needs_basis: bool
    extends: Limit | None
    extension: Extension | None
    procedures: Sequence[Choice]
    grounds: Sequence[Choice]
    longest: int

    @property
    def are_any(self) -> bool:
        return any(
            (
                self.may_begin,
                self.may_end,
                self.may_suspend,
                self.may_resume,
                self.may_ask,
                self.may_decide,
            )
        )


def acts_for(by: Actor, case: Case, told: Clock) -> Acts:
    extends, asked = rule_of(case.version.facts).extension, extension_of(case)
    is_asked = asked is not None and asked.state == Extension.State.ASKED
    is_done = asked is not None and asked.state == Extension.State.GRANTED
    is_reviewed = case.state == State.UNDER_REVIEW
    is_reviewer, is_head = policy.may_run_procedure(by, case), policy.may_decide(by, case)
    has_own_step = is_at_own_step(case)
    may_ask = is_reviewed and extends is not None and not (is_asked or is_done)
    return Acts(
        may_begin=is_reviewer and is_reviewed and not has_own_step,
        may_end=is_reviewer and case.state == State.SPECIAL and not has_own_step,
        may_suspend=is_head and is_reviewed and not has_own_step,
        may_resume=is_head and case.state == State.SUSPENDED,
        may_ask=is_reviewer and may_ask and not told.is_past_statute,
        may_decide=is_asked and policy.may_decide_extension(by, case),
        needs_basis=not is_licensing(case.version.facts),
        extends=extends,
        extension=asked,
        procedures=[Choice(one, _title(procedure)) for one, procedure in PROCEDURES.items()],
        grounds=[Choice(ground, title) for ground, title in GROUNDS.items()],
        longest=LONGEST_STOP,
    )


def _title(of: SpecialProcedure) -> str:
    return f"{of.title}（法律规定最长 {of.bound.days} 个工作日）" if of.bound else of.title
