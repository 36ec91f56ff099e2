from django.db import models

from diebian.standards.marks import Mark

from .document import read
from .facts import Compiled, Place, Plan


class Kind(models.TextChoices):
    CROSS = "cross", "跨部门"
    PERSONAL = "personal", "一个部门"


class Theme(models.Model):
    """一件事, as the city's folder has it. What comes of it is its newest version."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    objects_of = models.CharField("服务对象", max_length=40)  # 自然人;法人
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    mark = models.CharField(max_length=20, default=Mark.SAMPLE.value)
    members_mark = models.CharField(max_length=20, default=Mark.SAMPLE.value)
    places = models.JSONField()  # of its members, in order: code, after
    fault = models.TextField(blank=True)  # why it cannot be compiled; its last version stays
    retired_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def plan(self) -> Plan:
        places = tuple(Place(one["code"], tuple(one["after"])) for one in self.places)
        return Plan(self.code, self.name, places)


class ThemeVersion(models.Model):
    """What a theme was compiled to, from a moment on: never rewritten, whatever runs keeps it."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    drawing = models.TextField()
    digest = models.CharField(max_length=64)
    compiled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "number"], name="theme_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.theme} 第 {self.number} 版"

    @property
    def compiled(self) -> Compiled:
        return read(self.document, self.drawing)
