"""The door of licences: issue one, find the one of a case, count them."""

from .actions import issue
from .models import Licence
from .selectors import licence_of_case, licences
from .verification import LicenceWrong, Verdict, verify
from .verification import main as verify_command

__all__ = [
    "Licence",
    "LicenceWrong",
    "Verdict",
    "issue",
    "licence_of_case",
    "licences",
    "verify",
    "verify_command",
]
