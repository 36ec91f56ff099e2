"""Who gets what answer from every address: one table, `permissions.txt`, to be read by a person.

200 a page, 201 made, 302 done and led on, 401 sign in first, 403 not yours, 404 not there for you,
405 not this verb, 409 and 422 allowed but the request does not fit. One answer in a row: the same
for everybody. An address that is missing from the table fails the test: whoever adds one decides
here who may.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client

from diebian.brain.indicators.public import indicators
from diebian.scenes.services.tests import people

from .addresses import addresses
from .world import FIGURE, ROLES, World

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("permissions.txt").read_text().splitlines()
ANY = ("anonymous", "owner", "reviewer", "operator")  # stand for everybody where all are alike
ROWS = [line.split() for line in TABLE[1:]]
ENTRY = {"title": "样例", "sharing": "conditional", "review_due": "2030-01-01"}
BODIES = {
    "services:form": people.SENT,
    "services:rate": {"grade": "5"},
    "services:supplement": {"answer": "样例"},
    "services:decide": {"reason": "样例"},
    "catalogue:entries": ENTRY,
    "catalogue:api-entries": json.dumps(ENTRY),
}


@pytest.fixture
def world(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setitem(indicators._items, FIGURE.slug, FIGURE)
    return World(settings, tmp_path)


def test_every_address_stands_in_the_table_with_both_verbs() -> None:
    told = {(row[0], row[1]) for row in ROWS}
    assert told == {(verb, name) for name in addresses() for verb in ("GET", "POST")}


def test_the_table_names_every_role() -> None:
    assert TABLE[0].split()[2:] == ROLES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_each_role_gets_the_answer_of_the_table(row: list[str], world: World) -> None:
    verb, name, *told = row
    roles = ROLES if len(told) > 1 else ANY
    expected = told if len(told) > 1 else told * len(ANY)
    assert answers(world, verb, name, roles) == dict(zip(roles, expected, strict=True))


def answers(world: World, verb: str, name: str, roles: Iterable[str]) -> dict[str, str]:
    address = addresses()[name].filled(world.arguments_of(name))
    return {role: _answer(world.client(role), verb, name, address) for role in roles}


def _answer(client: Client, verb: str, name: str, address: str) -> str:
    """What is done is undone: each role meets the same world."""
    with transaction.atomic():
        body = BODIES.get(name, {})
        if verb == "GET":
            answer = client.get(address)
        elif isinstance(body, str):
            answer = client.post(address, body, content_type="application/json")
        else:
            answer = client.post(address, body)
        transaction.set_rollback(True)
    return str(answer.status_code)
