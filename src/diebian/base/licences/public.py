"""The door of licences: issue one, find the one of a case, count them; which types there are."""

from .actions import issue
from .models import Licence
from .selectors import licence_of_case, licences
from .table_loading import load_tables
from .types_collected import TypeLine, types_coded
from .verification import LicenceWrong, Verdict, verify
from .verification import main as verify_command

__all__ = [
    "Licence",
    "LicenceWrong",
    "TypeLine",
    "Verdict",
    "issue",
    "licence_of_case",
    "licences",
    "load_tables",
    "types_coded",
    "verify",
    "verify_command",
]
