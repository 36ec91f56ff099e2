"""The door of the process engine: deploy, start, decide, work; and what a case is asked."""

from .definitions.actions import deploy, deploy_table
from .definitions.reading import check_file
from .definitions.refusals import NotDeployable, NotDeployed
from .definitions.selectors import deployed_names, is_deployed, tasks_of
from .definitions.services import (
    Answered,
    Asked,
    Caller,
    Opening,
    Owner,
    Service,
    TaskDrawn,
    owners,
    services,
)
from .moving.actions import move_case
from .moving.refusals import CannotMove
from .picture.selectors import Picture, StepLine, picture_of
from .problems import Problem
from .running.actions import complete, receive, retry, start, withdraw_case
from .running.models import Decision
from .running.refusals import (
    AlreadyOpened,
    CaseClosed,
    NobodyWaits,
    NoSuchCase,
    OutcomeUnknown,
    ReasonMissing,
    TaskDone,
)
from .running.selectors import (
    CaseLine,
    Place,
    Word,
    case_named,
    cases_called_by,
    decisions_of,
    form_of,
    history_of,
    known_keys,
    open_incidents,
    places_of,
    words_asked,
)
from .work.batches import complete_many
from .work.desk import ask_countersign, claim, countersign, delegate, reassign, release, transfer
from .work.lists import FIRST, TaskLine, TaskPage, desk_tasks, own_tasks
from .work.refusals import HeldBySomebody
from .work.returning import return_task, ways_back
from .work.urging import is_urged_today, urge

__all__ = [
    "FIRST",
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
    "Picture",
    "Place",
    "Problem",
    "ReasonMissing",
    "Service",
    "StepLine",
    "TaskDone",
    "TaskDrawn",
    "TaskLine",
    "TaskPage",
    "Word",
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
    "deployed_names",
    "desk_tasks",
    "form_of",
    "history_of",
    "is_deployed",
    "is_urged_today",
    "known_keys",
    "move_case",
    "open_incidents",
    "own_tasks",
    "owners",
    "picture_of",
    "places_of",
    "reassign",
    "receive",
    "release",
    "retry",
    "return_task",
    "services",
    "start",
    "tasks_of",
    "transfer",
    "urge",
    "ways_back",
    "withdraw_case",
    "words_asked",
]
