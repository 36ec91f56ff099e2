"""What is published is what is served: within a second, proved, and never something broken."""

import json
from datetime import datetime, time, timedelta
from http.client import HTTPConnection
from typing import Any

import pytest

from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.gateway import publishing
from diebian.base.exchange.gateway.refusals import BrokenConfiguration
from diebian.base.exchange.grants.models import Grant, Standing
from diebian.base.exchange.requests.actions import revoke
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post

from .gateway_rig import Gateway


def served(gateway: Gateway) -> str:
    line = HTTPConnection("127.0.0.1", gateway.port, timeout=5)
    try:
        line.request("GET", "/__v")
        return line.getresponse().read().decode()
    finally:
        line.close()


def test_a_revoked_grant_is_refused_within_a_second(gateway: Gateway) -> None:
    words = (str(gateway.port), gateway.token("beta"))
    told = json.loads(gateway.rig.python("tests.platform.revoke_and_watch", *words))
    assert told["refused_ms"] < 1000
    # The action returns when it is so, and not before.
    assert told["returned_ms"] < 1500
    assert told["after"] == [403]


def test_a_configuration_that_envoy_refuses_replaces_nothing(
    gateway: Gateway, settings: Any
) -> None:
    settings.DIEBIAN_DATA = gateway.rig.home.data
    before, file = served(gateway), publishing.routes_file().read_bytes()
    broken: list[dict[str, Any]] = [
        {"nonsense": True},
        {"virtual_hosts": [{"name": "a", "domains": ["*"], "routes": [{"match": {}}]}]},
        {
            "virtual_hosts": [
                {
                    "name": "a",
                    "domains": ["*"],
                    "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "missing"}}],
                }
            ]
        },
    ]
    for routes in broken:
        with pytest.raises(BrokenConfiguration):
            publishing.check({"name": "gateway", **routes})
    with pytest.raises(BrokenConfiguration):
        publishing.serve({"house": {"\ud800": "bulk"}})  # half a character
    assert publishing.routes_file().read_bytes() == file
    assert served(gateway) == before
    assert gateway.send().status == 200


@pytest.mark.django_db
def test_a_grant_is_not_served_after_its_last_day(settings: Any, tmp_path: Any) -> None:
    settings.DIEBIAN_DATA = tmp_path
    grant = _a_grant()
    last_day = grant.request.valid_to
    publishing.publish()
    assert publishing.granted() == {"ending": {"alpha": "trial"}}
    # The city's noon, not UTC's: in its morning UTC still has the day before.
    noon = datetime.combine(last_day, time(12), clock.CITY_TIME)
    with clock.held_at(noon):
        assert not publishing.keep_in_step()  # nothing changed: no bucket is refilled
    with clock.held_at(noon + timedelta(days=1)):
        assert publishing.keep_in_step()
        assert not publishing.keep_in_step()
    assert "alpha" not in publishing.routes_file().read_text()


@pytest.mark.django_db(transaction=True)
def test_a_publication_that_was_lost_is_made_up_for(settings: Any, tmp_path: Any) -> None:
    settings.DIEBIAN_DATA = tmp_path
    grant = _a_grant()
    publishing.publish()
    Grant.objects.filter(pk=grant.pk).update(
        revoked_at=clock.now(), standing=Standing.REVOKED
    )  # and nobody published
    assert publishing.keep_in_step()
    assert "alpha" not in publishing.routes_file().read_text()


@pytest.mark.django_db(transaction=True)
def test_revoking_publishes(settings: Any, tmp_path: Any) -> None:
    settings.DIEBIAN_DATA = tmp_path
    grant = _a_grant()
    publishing.publish()
    revoke(grant_id=grant.pk, reason="样例", by=Actor(name="样例", posts=(Post.AUTHORITY,)))
    assert "alpha" not in publishing.routes_file().read_text()


def _a_grant() -> Grant:
    told = {"resource": "ending", "system": "alpha", "tier": "trial", "purpose": "样例"}
    prepare([told], ask=lambda contract: set(contract["fields"]))
    return Grant.objects.select_related("request").get()
