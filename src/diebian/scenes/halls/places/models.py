from django.contrib.postgres.fields import ArrayField
from django.db import models


class WindowKind(models.Model):
    """窗口种类: what people take a number or make an appointment for."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    letter = models.CharField(max_length=1)  # before the number: A012
    says = models.CharField(max_length=200, blank=True)
    is_for_elders = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)  # its order in the city's folder
    retired_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Hall(models.Model):
    """政务大厅 or 驿站, as the city's folder tells it.

    `hours`: pairs of moments of a working day, `08:30-11:30`. `rules`: the promises of queue and
    appointments, by the names of `standards.profile.halls.RULES`. Whoever has the `kiosk_key`
    stands in the hall: it is in the address that its number machine opens.
    """

    class Kind(models.TextChoices):
        HALL = "hall", "政务大厅"
        STATION = "station", "驿站"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    county = models.CharField(max_length=6, blank=True)  # empty: the city's own
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=20)
    hours = ArrayField(models.CharField(max_length=11))
    rules = models.JSONField()
    kiosk_key = models.CharField(max_length=43, unique=True)
    retired_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Window(models.Model):
    """One window, and which clerk sits there; `seated_at` of a former day counts as empty."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField()
    kinds = ArrayField(models.SlugField(max_length=40))
    clerk_key = models.CharField(max_length=64, blank=True)
    clerk_name = models.CharField(max_length=100, blank=True)
    seated_at = models.DateTimeField(null=True)
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "number"], name="window_number"),
            models.UniqueConstraint(
                fields=["clerk_key"],
                condition=~models.Q(clerk_key=""),
                name="window_one_for_each_clerk",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} 号窗口"
