"""What the halls put into the platform."""

from datetime import timedelta

from django.urls import reverse

from diebian.base.directory.public import profile_sections
from diebian.kernel import clock
from diebian.portal.desk.public import Key, Strip, StripProvider, strips
from diebian.portal.home.public import (
    MenuEntry,
    Panel,
    PanelProvider,
    SceneManifest,
    Way,
    home_panels,
    menu,
    scenes,
    ways,
)
from diebian.security.identity.public import Actor
from diebian.standards.calendar import in_words

from .bookings.selectors import next_booking
from .places.loading import SECTION
from .places.policy import may_work
from .places.selectors import reader_at, window_of
from .queue.models import State
from .queue.selectors import in_hand, place_of, ticket_of, waiting_for

SCENE = SceneManifest(
    slug="halls", title="办事大厅", summary="取号、预约、上门，去之前就知道要等多久", owner="各大厅"
)

WAYS = (
    Way(
        "halls-book",
        "约个时间来",
        "选大厅和时间，来了先办，不用排队",
        "halls:halls",
        "calendar-clock",
    ),
    Way("halls-wait", "看现在要等多久", "在家先取号，快到了再出门", "halls:halls", "clock"),
    Way("halls-visit", "请人上门", "老人、行动不便的人打个电话就行", "halls:halls", "hand-helping"),
)
HALLS = MenuEntry(
    "halls", "办事大厅", "halls:halls", lambda actor: actor.is_person, is_public=True, is_desk=False
)


def _panel(actor: Actor) -> Panel | None:
    """The number that is waited with, else the next appointment."""
    if not actor.is_person:
        return None
    ticket = ticket_of(actor)
    if ticket is not None:
        is_called, place = ticket.state == State.CALLED, place_of(ticket)
        says = (
            f"请到 {ticket.window}。"
            if is_called
            else f"前面还有 {place.ahead if place else 0} 位。"
        )
        address = reverse("halls:ticket", args=[ticket.public_id])
        return Panel("您在排队", f"{ticket} {ticket.hall.name}", says, address, "看叫到哪了")
    booking = next_booking(actor)
    if booking is None or booking.day > clock.today() + timedelta(days=1):
        return None  # what is under way comes before what is far off
    when = f"{in_words(booking.day)} {booking.slot.starts:%H:%M}"
    return Panel(
        title="您有一个预约",
        subject=f"{when}，{booking.slot.hall.name}",
        says=f"{booking.slot.kind.name}。到了在取号机上输预约码 {booking.code} 或刷身份证。",
        address=reverse("halls:booking", args=[booking.public_id]),
        link="看预约、改时间",
    )


def _strip(actor: Actor) -> Strip | None:
    """The queue in front of this clerk's window, for the workbench."""
    window = window_of(actor) if may_work(actor) else None
    if window is None:
        return None
    ticket, waiting = in_hand(window), len(waiting_for(window))
    if ticket is None:
        says, told = f"手上没有号，等 {waiting} 人", [("下一位", "next", "n")]
    else:
        says = f"{ticket} {ticket.kind.name}，已叫 {ticket.calls} 次，还等 {waiting} 人"
        told = [("办完", "done", "d"), ("重呼", "again", "c"), ("过号", "miss", "m")]
    keys = [
        Key(title, reverse("halls:act", args=[verb]), key, is_main=place == 0)
        for place, (title, verb, key) in enumerate(told)
    ]
    title = f"{window.hall.name} {window}"
    return Strip(reader_at(window), title, says, reverse("halls:desk"), keys)


def plug() -> None:
    scenes.register(SCENE)
    profile_sections.register(SECTION)
    strips.register(StripProvider("halls", _strip))
    for way in WAYS:
        ways.register(way)
    home_panels.register(PanelProvider("halls", _panel))
    menu.register(HALLS)
    menu.register(MenuEntry("halls-desk", "叫号", "halls:desk", may_work))
