from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from diebian.kernel.clock import CITY_TIME
from diebian.scenes.halls.places.models import Hall, WindowKind


class Slot(models.Model):
    """时段: how many places there were when it was first asked for, and how many are taken."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="slots")
    kind = models.ForeignKey(WindowKind, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "kind", "day", "starts"], name="slot_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="slot_never_overfull"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts:%H:%M}"

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.day, self.starts, CITY_TIME)

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(minutes=self.minutes)


class State(models.TextChoices):
    BOOKED = "booked", "已预约"
    ARRIVED = "arrived", "已到大厅"
    CANCELLED = "cancelled", "已取消"
    MISSED = "missed", "没有来，已过期"


class Booking(models.Model):
    """预约. Whoever has no account is booked by a clerk and found at the hall by `subject`.

    `subject`: the blind name of the identity number, which itself is not kept. `code`: read out on
    the phone, typed at the number machine.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    code = models.CharField(max_length=6)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    day = models.DateField()  # of the slot: one appointment for a person and a day
    subject = models.CharField(max_length=64)
    person_key = models.CharField(max_length=40, blank=True)
    person_name = models.CharField(max_length=100)
    phone = models.CharField(max_length=20, blank=True)
    is_elder = models.BooleanField(default=False)
    about = models.CharField(max_length=100, blank=True)  # what it is for, in the person's words
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    made_by = models.CharField(max_length=64)  # the person's key, or the clerk's
    made_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_key"], name="booking_person"),
            models.Index(fields=["state", "day"], name="booking_state_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "day"],
                condition=Q(state="booked"),
                name="booking_one_a_day",
            ),
            models.UniqueConstraint(
                fields=["day", "code"], condition=Q(state="booked"), name="booking_code_of_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.code}"
