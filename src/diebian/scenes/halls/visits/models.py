from uuid import uuid4

from django.db import models

from diebian.scenes.halls.places.models import Hall


class Half(models.TextChoices):
    MORNING = "am", "上午"
    AFTERNOON = "pm", "下午"


class State(models.TextChoices):
    BOOKED = "booked", "等人上门"
    DONE = "done", "办好了"
    NOT_MET = "not_met", "没见到人"
    CANCELLED = "cancelled", "已取消"


class HomeVisit(models.Model):
    """帮办上门: a helper comes to somebody who cannot come. A telephone is enough to ask for it.

    `area`: the quarter as people call it; visits of one quarter follow each other on a route.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField()
    half = models.CharField(max_length=2, choices=Half.choices)
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=20)
    area = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    about = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    asked_by = models.CharField(max_length=64)  # a person's key, or the clerk's who took the call
    asked_at = models.DateTimeField()
    helper_key = models.CharField(max_length=64, blank=True)
    helper_name = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["hall", "day", "state"], name="visit_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
