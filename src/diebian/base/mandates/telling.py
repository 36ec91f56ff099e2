"""What giver and holder are told: what holds now, until when, and how to stop it."""

from datetime import date

from django.urls import reverse

from diebian.base.messages.public import notify
from diebian.security.identity.public import PLATFORM, Actor

from .models import Mandate
from .policy import giver_in_person

TITLE = "授权"
STOP = "不是您的意思？在“我的授权”里收回，或打电话、到窗口说一声"


def tell_asked(mandate: Mandate) -> None:
    says = f"{mandate.holder_name}想替您办：{scope_of(mandate)}。同不同意由您定，请打开看清再答复。"
    _tell(mandate.giver_key, mandate, says)


def tell_agreed(mandate: Mandate) -> None:
    says = f"{scope_of(mandate)}，到 {_day(mandate.until)}为止"
    _tell(mandate.holder_key, mandate, f"{mandate.giver_name}授权您代办：{says}。")
    _tell(
        giver_in_person(mandate),
        mandate,
        f"您已授权{mandate.holder_name}代办：{says}。随时可以收回。",
    )


def tell_ended(mandate: Mandate, by: Actor) -> None:
    says = f"{mandate.giver_name}给{mandate.holder_name}的授权已由{by.name}结束，不能再代办。"
    for key in (giver_in_person(mandate), mandate.holder_key):
        _tell(key, mandate, says)


def tell_used(mandate: Mandate, act: str, about: str, link: str) -> None:
    says = f"{mandate.holder_name}凭您的授权，替您{act}：{about}。{STOP}。"
    notify(key=giver_in_person(mandate), title=TITLE, body=says, link=link, by=PLATFORM)


def scope_of(mandate: Mandate) -> str:
    return "、".join(mandate.titles)


def _tell(key: str, mandate: Mandate, says: str) -> None:
    link = reverse("mandates:mandate", args=[mandate.public_id])
    notify(key=key, title=TITLE, body=says, link=link, by=PLATFORM)


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
