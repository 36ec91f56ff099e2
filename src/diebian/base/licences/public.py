"""The door of licences: issue one, find the one of a case, count them; which types there are."""

from .actions import issue
from .copying import copy_for_case
from .holding import HeldLine, held_by, states_now
from .models import Licence
from .refusals import NotUsable
from .selectors import licence_of_case, licences
from .table_loading import load_tables
from .types_collected import TypeLine, types_coded
from .verification import LicenceWrong, Verdict, verify
from .verification import main as verify_command

__all__ = [
    "HeldLine",
    "Licence",
    "LicenceWrong",
    "NotUsable",
    "TypeLine",
    "Verdict",
    "copy_for_case",
    "held_by",
    "issue",
    "licence_of_case",
    "licences",
    "load_tables",
    "states_now",
    "types_coded",
    "verify",
    "verify_command",
]
