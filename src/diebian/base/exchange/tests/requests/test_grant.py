"""What the gateway serves follows the grant's standing."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from diebian.base.exchange.gateway.envoy_routes import TIERS
from diebian.base.exchange.gateway.instances import folder
from diebian.base.exchange.gateway.publishing import serve
from diebian.base.exchange.grants.models import Grant, Standing
from diebian.base.exchange.requests import actions
from diebian.base.exchange.requests.refusals import GrantEnded, ReasonMissing
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    OTHER,
    PROVIDER,
    SLUG,
    a_grant,
    a_resource,
    who,
)
from diebian.kernel import clock
from diebian.security.identity.public import Post, Refused
from diebian.standards.profile import journeys


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path


def test_a_city_can_name_every_tier_of_the_gateway_and_no_other() -> None:
    assert set(journeys.TIERS) == set(TIERS)


@pytest.mark.django_db(transaction=True)
def test_suspending_resuming_and_revoking_are_published() -> None:
    a_resource()
    grant, head = a_grant().pk, who(Post.DATA_HEAD, PROVIDER)
    assert _is_served()
    actions.suspend(grant_id=grant, reason="用途有疑问", by=head)
    assert not _is_served()
    actions.resume(grant_id=grant, by=who(Post.AUTHORITY, BUREAU))
    assert _is_served()
    actions.revoke(grant_id=grant, reason="目的已达到", by=head)
    assert not _is_served()
    with pytest.raises(GrantEnded):
        actions.resume(grant_id=grant, by=head)
    assert Grant.objects.get().standing == Standing.REVOKED


@pytest.mark.django_db
def test_only_provider_and_authority_end_a_grant_and_say_why() -> None:
    a_resource()
    grant = a_grant().pk
    for nobody in (
        who(Post.DATA_HEAD, CONSUMER),
        who(Post.DATA_HEAD, OTHER),
        who(Post.DATA_MANAGER, PROVIDER),
    ):
        with pytest.raises(Refused):
            actions.suspend(grant_id=grant, reason="样例", by=nobody)
        with pytest.raises(Refused):
            actions.revoke(grant_id=grant, reason="样例", by=nobody)
    with pytest.raises(ReasonMissing):
        actions.revoke(grant_id=grant, reason="", by=who(Post.AUTHORITY, BUREAU))


@pytest.mark.django_db
def test_a_grant_past_its_day_is_not_resumed() -> None:
    a_resource()
    grant, head = a_grant().pk, who(Post.DATA_HEAD, PROVIDER)
    actions.suspend(grant_id=grant, reason="样例", by=head)
    with clock.held_at(datetime(2099, 6, 1, tzinfo=UTC)), pytest.raises(GrantEnded):
        actions.resume(grant_id=grant, by=head)


def test_envoy_is_asked_about_a_form_once_and_about_another_anew() -> None:
    asked = folder() / "check.json"
    for wanted, is_asked in (
        ({"one": {"alpha": "bulk"}}, True),
        ({"one": {"alpha": "bulk"}, "two": {"beta": "bulk"}}, False),
        ({"one": {"alpha": "trial"}, "two": {"beta": "bulk"}}, True),
    ):
        asked.unlink(missing_ok=True)
        serve(wanted)
        assert asked.exists() == is_asked


def _is_served() -> bool:
    text = (folder() / "routes" / "routes.json").read_text()
    json.loads(text)  # whole: it was renamed into place
    return f'"{SLUG}"' in text
