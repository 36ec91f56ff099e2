"""The door of licences: issue one, find the one of a case, count them."""

from .actions import issue
from .models import Licence
from .selectors import issued, issued_count, licence_of_case
from .verification import LicenceWrong, Verdict, verify
from .verification import main as verify_command

__all__ = [
    "Licence",
    "LicenceWrong",
    "Verdict",
    "issue",
    "issued",
    "issued_count",
    "licence_of_case",
    "verify",
    "verify_command",
]
