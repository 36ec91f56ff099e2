from datetime import datetime, timedelta

import pytest

from diebian.kernel import clock
from diebian.security.identity.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_what_was_kept_is_read_and_changed() -> None:
    kept = _kept()
    again = SessionStore(kept)
    assert again["word"] == "样例"
    again["word"] = "另一个"
    again.save()
    assert SessionStore(kept)["word"] == "另一个"


def test_what_ended_elsewhere_has_ended_here() -> None:
    kept = _kept()
    assert SessionStore(kept).get("word")
    SessionStore(kept).flush()
    here = SessionStore(kept)
    assert (here.get("word"), here.session_key) == (None, None)


def test_a_session_is_over_when_its_time_is() -> None:
    assert SessionStore(_kept(until=clock.now() + timedelta(minutes=1))).get("word")
    assert SessionStore(_kept(until=clock.now() - timedelta(seconds=1))).get("word") is None


def test_a_key_that_was_never_given_opens_nothing() -> None:
    assert SessionStore("never-given").get("word") is None


def _kept(until: datetime | None = None) -> str:
    made = SessionStore()
    made["word"] = "样例"
    if until:
        made.set_expiry(until)
    made.create()
    return made.session_key or ""
