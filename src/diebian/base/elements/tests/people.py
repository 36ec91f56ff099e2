"""Departments, officials with accounts, and an element as somebody would propose it."""

from typing import Any
from uuid import UUID
from zlib import crc32

from django.apps import apps
from django.test import Client

from diebian.base.elements.actions import propose_element, register_element
from diebian.base.elements.facts import ElementFacts
from diebian.base.elements.models import Element
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    register_department,
    register_official,
    session_for,
)
from diebian.standards.credit_code import check_character
from diebian.standards.metadata import ItemType

OWNER, OTHER, BUREAU = "样例登记中心", "样例局外局", "样例数据局"


def department(name: str) -> str:
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(post: Post = Post.DATA_MANAGER, of: str = OWNER) -> Actor:
    key = f"{post.value}-{crc32(of.encode())}"
    return Actor(name=f"样例{post.value}", department=department(of), key=key, posts=(post,))


def authority() -> Actor:
    return who(Post.AUTHORITY, BUREAU)


def with_account(actor: Actor) -> Actor:
    register_official(
        username=actor.key, password="样例口令", name=actor.name, department=actor.department,
        posts=list(actor.posts), by=PLATFORM,
    )  # fmt: skip
    return actor


def notices_of(actor: Actor) -> list[str]:
    notices: Any = apps.get_model("messages", "Notice").objects
    return [one.body for one in notices.filter(key=actor.key).order_by("pk")]


def browser(actor: Actor) -> Client:
    made = Client()
    session = made.session
    session.update(session_for(actor))
    session.save()
    return made


def facts(**changed: Any) -> ElementFacts:
    told: dict[str, Any] = {
        "name": "注册号",
        "definition": "市场主体登记的号码",
        "type": ItemType.TEXT,
        "format": "n15",
        "check": "registration",
        "source": "GS 15—2006",
        "aliases": ["工商注册号"],
    }
    return ElementFacts(**{**told, **changed})


def a_candidate(**changed: Any) -> UUID:
    return propose_element(facts=facts(**changed), why="样例理由", by=who()).public_id


def a_standard(identifier: str = "DE0001", **changed: Any) -> Element:
    made = a_candidate(**changed)
    return register_element(element_id=made, identifier=identifier, by=authority())
