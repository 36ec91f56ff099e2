"""Saying a fact: with its transaction or not at all, and never a secret."""

import pytest
from django.db import transaction

from diebian.base.messages.models import Outgoing
from diebian.base.messages.public import backlog, send
from diebian.security.identity.public import PLATFORM

TOPIC = "sample.thing.done"


@pytest.mark.django_db(transaction=True)
def test_a_message_is_rolled_back_with_its_fact() -> None:
    with transaction.atomic():
        send(topic=TOPIC, key="1", body={"says": "好"}, by=PLATFORM)
        transaction.set_rollback(True)
    assert backlog().count == 0


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_said() -> None:
    with pytest.raises(RuntimeError):
        send(topic=TOPIC, key="1", body={}, by=PLATFORM)
    assert backlog().count == 0


@pytest.mark.django_db
def test_each_message_has_an_id_of_its_own_and_names_the_actor_by_key() -> None:
    ids = {send(topic=TOPIC, key="1", body={}, by=PLATFORM) for _ in range(2)}
    assert {row.message_id for row in Outgoing.objects.all()} == ids
    assert {row.by for row in Outgoing.objects.all()} == {"platform"}
    assert backlog().count == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("topic", "body"),
    [
        ("nodots", {}),
        ("Sample.thing", {}),
        ("sample.*", {}),
        (TOPIC, {"who": "11010519491231002X"}),
        (TOPIC, {"says": "长" * 3000}),
    ],
)
def test_what_no_message_may_be_is_not_sent(topic: str, body: dict[str, str]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  a mistake in a program, not a refusal
        send(topic=topic, key="1", body=body, by=PLATFORM)
    assert backlog().count == 0
