"""The door of licences: issue one, find the one of a case, count them."""

from .actions import issue
from .models import Licence
from .selectors import issued, issued_count, licence_of_case

__all__ = ["Licence", "issue", "issued", "issued_count", "licence_of_case"]
