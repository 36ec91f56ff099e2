"""The door of the process engine: deploy, start, decide, work; and what a case is asked."""

from .definitions.actions import deploy, deploy_table
from .definitions.reading import check_file
from .definitions.refusals import NotDeployable, NotDeployed
from .definitions.services import Answered, Asked, Service, services
from .moving.actions import move_case
from .moving.refusals import CannotMove
from .problems import Problem
from .running.actions import complete, receive, retry, start, withdraw_case
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
    decisions_of,
    form_of,
    history_of,
    open_incidents,
    places_of,
)
from .work.batches import complete_many
from .work.desk import ask_countersign, claim, countersign, delegate, release, transfer
from .work.lists import TaskLine, TaskPage, desk_tasks, own_tasks
from .work.returning import return_task
from .work.urging import urge

__all__ = [
    "AlreadyOpened",
    "Answered",
    "Asked",
    "CannotMove",
    "CaseClosed",
    "CaseLine",
    "NoSuchCase",
    "NobodyWaits",
    "NotDeployable",
    "NotDeployed",
    "OutcomeUnknown",
    "Place",
    "Problem",
    "Service",
    "TaskDone",
    "TaskLine",
    "TaskPage",
    "ask_countersign",
    "case_named",
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
    "move_case",
    "open_incidents",
    "own_tasks",
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
