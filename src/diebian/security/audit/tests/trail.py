"""A trail for tests, and what the owner of the database may do to it."""

from django.db import connection

from diebian.security.audit.models import AuditEntry
from diebian.security.audit.public import grow_tree, record
from diebian.security.audit.verification import examine


class Somebody:
    name, department = "样例人员", ""


def three_heads_over_nine() -> list[int]:
    for _ in range(3):
        for number in range(3):
            record(by=Somebody(), action=f"sample.done_{number}", subject="sample:1")
        grow_tree()
    return list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))


def as_owner(*statements: tuple[str, *tuple[int | bytes | list[int], ...]]) -> None:
    """What the owner of the database can do: first of all, silence the triggers."""
    with connection.cursor() as cursor:
        for table in ("auditentry", "leaf", "head"):
            cursor.execute(f"alter table audit_{table} disable trigger all")
        for statement, *values in statements:
            cursor.execute(statement, values)
        for table in ("auditentry", "leaf", "head"):
            cursor.execute(f"alter table audit_{table} enable trigger all")


def faults() -> str:
    return "\n".join(examine().faults)
