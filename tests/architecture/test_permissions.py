"""Who gets what answer from every address: one table, `permissions.txt`, to be read by a person.

200 a page, 201 made, 302 done and led on, 401 sign in first, 403 not yours, 404 not there for you,
405 not this verb, 409 and 422 allowed but the request does not fit. One answer in a row: the same
for everybody. An address that is missing from the table fails the test: whoever adds one decides
here who may.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from diebian.scenes.services.tests import people

from .addresses import addresses
from .world import ROLES, World, alone_in

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("permissions.txt").read_text().splitlines()
WRITE = "DIEBIAN_WRITE_PERMISSIONS"
ANY = ("anonymous", "owner", "reviewer", "operator")  # stand for everybody where all are alike
ROWS = [line.split() for line in TABLE[1:]]
ENTRY = {"title": "样例", "sharing": "conditional", "review_due": "2030-01-01"}
BODIES = {
    "services:form": people.SENT,
    "services:wrong-body": {"why": "样例"},
    "services:rate": {"grade": "5"},
    "services:rate-again": {"grade": "5"},
    "services:rate-slip": {"grade": "5"},
    "services:rating-act": {"text": "样例", "reached": "1"},
    "services:rating-words": {"shown": "1"},
    "services:theme-apply": {"member": "S1"},
    "services:theme-choose": {"member": "S1"},
    "services:theme-form": people.OF_THE_THEME,
    "services:theme-rate": {"grade": "5"},
    "services:supplement": {"answer": "样例"},
    "services:verify": {"resource": "insured"},
    "services:decide": {"reason": "样例"},
    "services:limits-act": {"cause": "hearing", "days": "5", "why": "样例"},
    "catalogue:entries": ENTRY,
    "comparison:hand": {"which": "all"},
    "corrections:new": {"item": "权利人", "says": "样例", "row": "样例"},
    "disputes:act": {"text": "样例"},
    "disputes:decide": {
        "outcome": "upheld",
        "document_no": "样例",
        "decided_on": "2026-01-01",
        "text": "样例",
    },
    "disputes:new": {"text": "样例"},
    "catalogue:api-entries": json.dumps(ENTRY),
    "catalogue:api-act": json.dumps({"secrecy_reviewed": True, "privacy_assessed": True}),
    "elements:act": {"identifier": "DE9999"},
    "exchange:alarm": {"finding": "样例"},
    "exchange:api-grant-act": json.dumps({"text": "样例"}),
    "exchange:api-request-act": json.dumps({"text": "样例"}),
    "exchange:grant-act": {"text": "样例"},
    "licences:desk-act": {
        "verb": "propose",
        "act": "suspend",
        "reason": "样例",
        "basis": "样例",
    },
    "licences:held": {"for_whom": "样例", "purpose": "样例"},
    "mandates:desk-act": {"way": "paper", "paper": "样例"},
    "masterdata:decide": {"verdict": "same", "reason": "样例", "digest": "x"},
    "masterdata:leave": {"months": "12"},
    "masterdata:plain": {"purpose": "样例"},
    "masterdata:revoke": {"reason": "样例"},
    "quality:act": {"text": "样例"},
    "supervision:new": {"title": "样例", "wanted": "样例", "origin": "plan"},
    "services:papers": {"verb": "give", "material": "SM1"},
}


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Made once: what an address does is undone, so that each row meets the same world."""
    with django_db_blocker.unblock(), alone_in(tmp_path_factory.mktemp("world")):
        yield World()


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


@pytest.mark.skipif(WRITE not in os.environ, reason=f"{WRITE}=FILE writes the table as it is now")
def test_the_table_as_it_is_answered_now_is_written_to_be_read(world: World) -> None:
    wide = max(map(len, addresses())) + 2
    lines = [f"VERB {'ADDRESS':{wide}}" + " ".join(ROLES)]
    for name in addresses():
        for verb in ("GET", "POST"):
            told = answers(world, verb, name, ROLES)
            alike = len(set(told.values())) == 1
            cells = [told["owner"]] if alike else [f"{told[role]:{len(role)}}" for role in ROLES]
            lines.append(f"{verb:5}{name:{wide}}{' '.join(cells)}".rstrip())
    Path(os.environ[WRITE]).write_text(
        "\n".join([lines[0], *sorted(lines[1:], key=_by_name)]) + "\n"
    )


def _by_name(line: str) -> list[str]:
    return line.split()[1::-1]
