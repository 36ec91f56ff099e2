"""The door of the process engine: deploy, start, decide, work; and what a case is asked."""

from .definitions.actions import deploy, deploy_table
from .definitions.reading import check_file
from .definitions.refusals import NotDeployable, NotDeployed
from .definitions.selectors import is_deployed
from .definitions.services import (
    Answered,
    Asked,
    Caller,
    Opening,
    Owner,
    Service,
    owners,
    services,
)
from .moving.actions import move_case
from .moving.refusals import CannotMove
from .problems import Problem
from .running.actions import complete, receive, retry, start, withdraw_case
from .running.models import Decision
from .running.refusals import (
    AlreadyOpened,
    CaseClosed,
    NobodyWaits,
    NoSuchCase,
    OutcomeUnknown,
    TaskDone,
)
from .running.selectors import (
    CaseLine,
    Place,
    case_named,
    cases_called_by,
    decisions_of,
    form_of,
    history_of,
    known_keys,
    open_incidents,
    places_of,
)
from .work.batches import complete_many
from .work.desk import ask_countersign, claim, countersign, delegate, release, transfer
from .work.lists import TaskLine, TaskPage, desk_tasks, own_tasks
from .work.refusals import HeldBySomebody
from .work.returning import return_task
from .work.urging import urge

__all__ = [
    "AlreadyOpened",
    "Answered",
    "Asked",
    "Caller",
    "CannotMove",
    "CaseClosed",
    "CaseLine",
    "Decision",
    "HeldBySomebody",
    "NoSuchCase",
    "NobodyWaits",
    "NotDeployable",
    "NotDeployed",
    "Opening",
    "OutcomeUnknown",
    "Owner",
    "Place",
    "Problem",
    "Service",
    "TaskDone",
    "TaskLine",
    "TaskPage",
    "ask_countersign",
    "case_named",
    "cases_called_by",
    "check_file",
    "claim",
    "complete",
    "complete_many",
    "countersign",
    "decisions_of",
    "delegate",
    "deploy",
    "deploy_table",
    "desk_tasks",
    "form_of",
    "history_of",
    "is_deployed",
    "known_keys",
    "move_case",
    "open_incidents",
    "own_tasks",
    "owners",
    "places_of",
    "receive",
    "release",
    "retry",
    "return_task",
    "services",
    "start",
    "transfer",
    "urge",
    "withdraw_case",
]
