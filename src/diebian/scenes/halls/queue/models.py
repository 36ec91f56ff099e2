from uuid import uuid4

from django.db import models
from django.db.models import Q

from diebian.scenes.halls.bookings.models import Booking
from diebian.scenes.halls.places.models import Hall, Window, WindowKind


class State(models.TextChoices):
    WAITING = "waiting", "等叫号"
    CALLED = "called", "请到窗口"
    DONE = "done", "办完了"
    MISSED = "missed", "过号"
    LEFT = "left", "不等了"
    CLOSED = "closed", "大厅关门"


class Origin(models.TextChoices):
    KIOSK = "kiosk", "取号机"
    ONLINE = "online", "网上"
    BOOKED = "booked", "预约"


class Ticket(models.Model):
    """号. Nothing of whoever took it at the machine is kept but that they are called earlier.

    `ranked_at` is the order of calling: when it was taken, less the head start of older people;
    an appointment's is the beginning of its slot.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    kind = models.ForeignKey(WindowKind, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    has_priority = models.BooleanField(default=False)
    person_key = models.CharField(max_length=40, blank=True)  # who took it online
    booking = models.OneToOneField(
        Booking, on_delete=models.PROTECT, null=True, related_name="ticket"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    taken_at = models.DateTimeField()
    ranked_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)  # first, by the window that has it now
    last_called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="tickets")

    class Meta:
        indexes = [
            models.Index(fields=["hall", "day", "state", "ranked_at"], name="ticket_queue"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "day", "letter", "number"], name="ticket_number_once"
            ),
            models.UniqueConstraint(
                fields=["window"], condition=Q(state="called"), name="ticket_one_at_a_window"
            ),
            models.UniqueConstraint(
                fields=["person_key"],
                condition=Q(state__in=["waiting", "called"]) & ~Q(person_key=""),
                name="ticket_one_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}{self.number:03d}"
