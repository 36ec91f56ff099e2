"""An order, a provider's key and its words, for tests."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client

from diebian.base.payments.actions import Line, Owed, make_order
from diebian.base.payments.models import Order, ProviderKey, Trade
from diebian.kernel import clock
from diebian.security.identity.public import (
    PLATFORM,
    actor_by_username,
    register_department,
    register_official,
)
from diebian.security.keys.public import Signer, to_der

BODY, OTHER = "91110000600037341L", "914403001922038216"
SIGNER, FORGER = Signer.generate(), Signer.generate()
PAYER = "样例付款人"


def set_the_scene() -> None:
    for code in (BODY, OTHER):
        register_department(credit_code=code, name=f"样例部门{code[:4]}", by=PLATFORM)
    for username, code in (("finance", BODY), ("other", OTHER)):
        register_official(username=username, password="样例口令一二三", name=username,
                          department=code, posts=["finance_clerk"], by=PLATFORM)  # fmt: skip
    ProviderKey.objects.create(public=SIGNER.public.hex(), since=clock.now())


def an_order(matter: str = "sample:1", fen: int = 8000) -> Order:
    owed = Owed(matter, "样例事项", PAYER, "样例", BODY, [Line("登记费", fen, "样例依据")],
                clock.today() + timedelta(days=7))  # fmt: skip
    return make_order(owed=owed, by=PLATFORM)


def a_trade(order: Order) -> Trade:
    """As if the provider had opened it."""
    now = clock.now()
    told = {"state": Trade.State.OPEN, "asked_at": now, "next_look_at": now}
    return Trade.objects.create(order=order, key=f"T{order.pk}", **told)


def said(kind: str, key: str, fen: int = 8000, *, event: int = 1, by: Signer = SIGNER) -> Any:
    """By the provider, at our door."""
    told = {"event": event, "kind": kind, "out_no": key, "trade_no": "T1", "fen": fen}
    return posted(json.dumps(told), by)


def posted(body: str, by: Signer = SIGNER) -> Any:
    signature = to_der(by.sign(body.encode())).hex()
    return Client().post("/api/payments/told", body, content_type="application/json",
                         headers={"Pay-Signature": signature})  # fmt: skip


def who(username: str) -> Any:
    return actor_by_username(username)
