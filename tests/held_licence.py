"""A held licence without a lake, for tests of what is done with one."""

from datetime import date
from typing import Any

from diebian.base.licences.models import Held, LicenceTable, LicenceType, Registration, TableVersion
from diebian.base.licences.numbering import before_serial
from diebian.kernel import clock
from diebian.security.identity.public import department_keys
from diebian.standards.identifiers import licence_identifier

PLAN = {
    "slug": "sample-held", "title": "样例证照表", "table": "sample-held", "type": "H1",
    "number": "bh", "holder_number": "hm", "holder_name": "xm", "issued": "qf",
    "status": {"from": "zt", "codes": {"1": "in_force"}},
}  # fmt: skip


def a_held_licence(
    *, issuer: str, holder_number: str, name: str = "样例证", code: str = "H1",
    collection: str = "sample-held", **told: Any,
) -> tuple[LicenceTable, Held]:  # fmt: skip
    """`issuer`: credit code. The table is made once, the type is the one of this code."""
    own, now = department_keys()[issuer], clock.now()
    kind, _ = LicenceType.objects.get_or_create(
        code=code, defaults={"name": name, "issuer_id": own, "holder_kind": "both"}
    )
    table, _ = LicenceTable.objects.get_or_create(
        slug="sample-held",
        defaults={"title": "样例证照表", "department_id": own, "collection": collection,
                  "registered_at": now},
    )  # fmt: skip
    table.types.add(kind)
    version, _ = TableVersion.objects.get_or_create(
        table=table, number=1,
        defaults={"plan": PLAN, "declared_by": "样例", "declared_at": now},
    )  # fmt: skip
    made, _ = Registration.objects.get_or_create(
        table=table, version=version, snapshot=1, defaults={"at": now, "outcome": "done"}
    )
    serial = Held.objects.count() + 1
    prefix, _ = before_serial(kind)
    type_code, body = prefix.split(".")[-3:-1]
    usual = {
        "number": f"样例第{serial}号", "holder_name": "样例持有人", "issued_on": date(2020, 1, 2),
        "valid_until": None, "state": "in_force", "row_key": str(serial),
        "fields": {"住址": "样例路"},
        "identifier": licence_identifier(type_code=type_code, issuer=body, serial=f"{serial:012}"),
    }  # fmt: skip
    return table, Held.objects.create(
        table=table, type=kind, serial=serial, holder_number=holder_number, registered=made,
        **{**usual, **told},
    )  # fmt: skip
