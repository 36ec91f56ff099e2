"""One step: a case is locked, loaded, changed by `moves`, and written once with its trail."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from diebian.base.process.definitions.drawing import Drawing, Node
from diebian.base.process.definitions.selectors import drawing_of
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor

from . import rows
from .models import CaseState
from .refusals import CaseClosed, NoSuchCase, OutcomeUnknown
from .state import CaseRow, Changes, NewJob, Tok
from .waking import wake
from .writing import write

NOTHING = "nothing"
Decisions = dict[str, dict[int, dict[str, str]]]  # element, round, item: outcome


class Step:
    def __init__(self, case: CaseRow, drawing: Drawing, by: Actor):
        self.case, self.drawing, self.by = case, drawing, by
        self.now: datetime = clock.now()
        self.tokens: dict[int, Tok] = {}
        self.decisions: Decisions = {}
        self.form: dict[str, Any] = {}
        self.revision = 0
        self.changes = Changes()
        self.feeding: set[int] = set()  # lists of which the next one is just being begun
        self._before = case.sequence  # numbers up to it may be in the database

    def node(self, token: Tok) -> Node:
        return self.drawing.nodes[token.element]

    def next_number(self) -> int:
        self.case.sequence += 1
        return self.case.sequence

    def put(self, token: Tok) -> Tok:
        self.tokens[token.number] = self.changes.put[token.number] = token
        return token

    def place(self, parent: int | None, element: str, item: str) -> Tok:
        """A new token; what it does there is said by whoever placed it."""
        return self.put(Tok(self.next_number(), parent, element, "", item, 0, self.now))

    def forget(self, token: Tok) -> None:
        del self.tokens[token.number]
        self.changes.put.pop(token.number, None)
        if token.number <= self._before:
            self.changes.lifted.add(token.number)

    def children(self, number: int | None) -> list[Tok]:
        return [one for one in self.tokens.values() if one.parent == number]

    def log(self, event: str, element: str = "", **facts: Any) -> None:
        self.changes.log.append(
            {"event": event, **({"element": element} if element else {}), **facts}
        )

    def job(
        self, kind: str, token: int | None, due_at: datetime, *, key: str, **facts: Any
    ) -> None:
        self.changes.jobs.append(NewJob(kind, key, due_at, facts, token, self.case.id))

    def decide(self, token: Tok, outcome: str, *, reason: str = "", evidence: Any = None) -> None:
        """Raises `OutcomeUnknown` for what its element does not declare."""
        declared = self.node(token).outcomes
        if declared and outcome not in declared:
            raise OutcomeUnknown(f"“{outcome}”不在{'、'.join(declared)}之内")
        self._decide(token, outcome, reason, evidence)

    def decide_nothing(self, token: Tok) -> None:
        """A list without items: a round of its own, so that nobody reads the one before."""
        self._decide(token, NOTHING, "", None)

    def _decide(self, token: Tok, outcome: str, reason: str, evidence: Any) -> None:
        self.changes.decisions.append(
            {"element": token.element, "round": token.round, "item": token.item,
             "outcome": outcome, "token": token.number, "reason": reason, "evidence": evidence}
        )  # fmt: skip
        self.log("decided", token.element, outcome=outcome, round=token.round, item=token.item)
        rounds = self.decisions.setdefault(token.element, {})
        rounds.setdefault(token.round, {})[token.item] = outcome

    def amend(self, changed: Mapping[str, Any]) -> None:
        """The next revision of the form."""
        self.revision += 1
        self.form = {**self.form, **changed}
        self.changes.revisions.append({"number": self.revision, "form": self.form})

    def incident(
        self, sentence: str, element: str, *, token: int | None, job: int | None = None
    ) -> None:
        self.changes.incidents.append(
            {"token": token, "job": job, "element": element, "sentence": sentence[:1000]}
        )

    def write(self, action: str) -> None:
        self.next_number()  # the log's own
        subject = subject_of(self.case)
        trail = audit.part_of(by=self.by, action=f"process.{action}", subject=subject)
        write(self.case, self.changes, action=action, now=self.now, by_key=self.by.key,
              by_name=self.by.name, department=self.by.department, trail=trail)  # fmt: skip
        if any(one.due_at <= self.now for one in self.changes.jobs):
            wake()


def subject_of(case: CaseRow) -> str:
    return f"case:{case.business_key}"


@contextmanager
def stepping(case_id: int, action: str, by: Actor, *, closed_too: bool = False) -> Iterator[Step]:
    """Raises `NoSuchCase`, `CaseClosed`. Whatever is raised inside leaves all as it was."""
    with transaction.atomic():
        step = loaded(case_id, by)
        if step.case.state == CaseState.CLOSED and not closed_too:
            raise CaseClosed(f"结果是“{step.case.outcome}”")
        yield step
        step.write(action)


def loaded(case_id: int, by: Actor) -> Step:
    """Locked until the transaction ends."""
    found = rows.locked(case_id)
    if found is None:
        raise NoSuchCase
    case, tokens, decisions, revision, form = found
    step = Step(case, drawing_of(case.version_id), by)
    step.tokens = {one.number: one for one in tokens}
    for element, turn, item, outcome in decisions:
        step.decisions.setdefault(element, {}).setdefault(turn, {})[item] = outcome
    step.revision, step.form = revision, form
    return step
