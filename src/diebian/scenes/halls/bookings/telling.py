"""What whoever has an appointment is told: when, where, what to do if it does not suit."""

from django.urls import reverse

from diebian.base.messages.public import notify
from diebian.security.identity.public import PLATFORM
from diebian.standards.calendar import in_words

from .models import Booking


def tell_booked(one: Booking) -> None:
    _tell(one, "预约好了", f"{_when_and_where(one)}到了在取号机上输预约码 {one.code} 或刷身份证。")


def tell_moved(one: Booking) -> None:
    _tell(one, "预约改好了", f"{_when_and_where(one)}预约码还是 {one.code}。")


def tell_tomorrow(one: Booking) -> None:
    _tell(
        one, "明天有预约", f"{_when_and_where(one)}预约码 {one.code}。来不了请先取消，好让给别人。"
    )


def _tell(one: Booking, title: str, body: str) -> None:
    if one.person_key:
        link = reverse("halls:booking", args=[one.public_id])
        notify(key=one.person_key, title=title, body=body, link=link, by=PLATFORM)


def _when_and_where(one: Booking) -> str:
    hall = one.slot.hall
    when = f"{in_words(one.day)} {one.slot.starts:%H:%M}"
    return f"{when}，{hall.name}（{hall.address}），{one.slot.kind.name}。"
