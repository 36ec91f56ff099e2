"""An operator's verbs: deploy whatever the file is, move what runs, try again."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from diebian.base.process.definitions.actions import deploy, deploy_table
from diebian.base.process.definitions.models import Version
from diebian.base.process.definitions.policy import may_deploy
from diebian.base.process.moving.actions import move_case
from diebian.base.process.running.actions import retry
from diebian.base.process.running.models import Case, CaseState
from diebian.base.process.tags import tags_of
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy, selectors

MOST = 200
DMN = "/spec/DMN/"


@dataclass(frozen=True)
class Moved:
    """Of those that ran on one version: how many go on under the other, why not the rest."""

    done: int
    refused: Mapping[str, int]  # a sentence to how many it holds for
    left: int  # that were not tried yet


def deploy_file(*, file: bytes, by: Actor) -> Version:
    """A drawing or a table: its root says which. Raises what is wrong with it, all at once."""
    if not may_deploy(by):
        raise Refused
    is_table = DMN in tags_of(file).space
    return deploy_table(file=file, by=by) if is_table else deploy(file=file, by=by)


def move_running(
    *, key: str, before: int, after: int, mapping: Mapping[str, str], reason: str, by: Actor
) -> Moved:
    """Each case in a step of its own: one that has no place there stays, and says why."""
    if not may_deploy(by):
        raise Refused
    running = Case.objects.filter(
        version__key=key, version__number=before, state=CaseState.OPEN
    ).order_by("pk")
    numbers = list(running.values_list("pk", flat=True)[: MOST + 1])
    done, refused = 0, dict[str, int]()
    for number in numbers[:MOST]:
        try:
            move_case(case=number, version=after, reason=reason, mapping=mapping, by=by)
        except DiebianError as error:
            refused[error.sentence] = refused.get(error.sentence, 0) + 1
        else:
            done += 1
    return Moved(done, refused, max(0, running.count() - sum(refused.values())))


@transaction.atomic
def try_again(*, incident: int, by: Actor) -> None:
    """After what was wrong has been put right. What only a person can undo is noted as done."""
    found = selectors.incident_of(by, incident)
    if found.token is not None:
        retry(case=found.case_id, task=found.token, by=by)
        return
    if not policy.may_see_incidents(by):
        raise Refused
    found.settled_at, found.settled_by = clock.now(), by.name
    found.save(update_fields=["settled_at", "settled_by"])
    audit.record(by=by, action="process.incident.noted",
                 subject=f"case:{found.case.business_key}")  # fmt: skip
