"""Sessions as Django keeps them in its table, read with a question that is not built anew.

Nothing of them is kept in the process: who signed out is out at once, whichever process answers.
"""

from functools import cache
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from diebian.kernel.worded import Told, Worded, worded


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        """Every answer to somebody who is signed in begins with it."""
        found = _kept().rows(key=self.session_key or "")
        if not found:
            self._session_key = None
            return {}
        told: dict[str, Any] = self.decode(found[0][0])
        return told


@cache
def _kept() -> Worded:
    rows = Session.objects.filter(session_key=Told("key"), expire_date__gt=Now())
    return worded(rows.values_list("session_data"))
