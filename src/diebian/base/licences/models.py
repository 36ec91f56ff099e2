from uuid import uuid4

from django.db import models

from diebian.standards.marks import Mark

from .acts_models import LicenceAct
from .held_models import (
    Copy,
    Held,
    HeldFault,
    HeldTurn,
    LicenceTable,
    Outcome,
    Registration,
    TableVersion,
)
from .states import State

__all__ = [
    "Copy",
    "Held",
    "HeldFault",
    "HeldTurn",
    "Licence",
    "LicenceAct",
    "LicenceTable",
    "LicenceType",
    "Outcome",
    "Registration",
    "TableVersion",
]


class Licence(models.Model):
    """An act of a department as signed data. Its picture is made from the data."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    identifier = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=100)
    issuer = models.ForeignKey("identity.Department", on_delete=models.PROTECT, related_name="+")
    holder_key = models.CharField(max_length=40)
    case_no = models.CharField(max_length=40)
    type_code = models.CharField(max_length=40)
    header = models.TextField()
    body = models.TextField()
    signature = models.CharField(max_length=128)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_FORCE)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_no", "type_code"], name="licence_once_per_case")
        ]

    def __str__(self) -> str:
        return self.identifier


class LicenceType(models.Model):
    """One kind of 电子证照 and who issues it. `tables`: those that it is registered from."""

    code = models.CharField(max_length=40, unique=True)  # the city's own
    name = models.CharField(max_length=200)
    issuer = models.ForeignKey("identity.Department", on_delete=models.PROTECT, related_name="+")
    holder_kind = models.CharField(max_length=10)
    validity = models.CharField(max_length=100, blank=True)
    national_code = models.CharField(max_length=40, blank=True)
    mark = models.CharField(max_length=20, default=Mark.SAMPLE.value)  # how sure the name is
    retired_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name
