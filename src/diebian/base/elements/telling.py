"""Who is told: the authority of a proposal, its department of what became of it."""

from collections.abc import Sequence

from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.security.identity.public import PLATFORM, Actor, Post, officials_holding

from .models import Element


def tell_authority(element: Element, says: str, by: Actor) -> None:
    _tell(officials_holding(Post.AUTHORITY), element, f"数据元“{element.name}”：{says}。", by)


def tell_proposer(element: Element, says: str, by: Actor) -> None:
    """Its data managers; nobody where the city's folder said it."""
    if element.proposer is not None:
        code = element.proposer.credit_code
        keys = officials_holding(Post.DATA_MANAGER, department=code)
        _tell(keys, element, f"数据元“{element.name}”{says}。", by)


def _tell(keys: Sequence[str], element: Element, says: str, by: Actor) -> None:
    link = reverse("elements:element", args=[element.public_id])
    others = [key for key in keys if key != by.key]
    notify_all(keys=others, title=f"数据元：{element.name}", body=says, link=link, by=PLATFORM)
