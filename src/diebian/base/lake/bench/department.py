"""Whose the tables of a bench are."""

import os
from urllib.parse import urlsplit, urlunsplit

from diebian.base.lake.actions import register_source
from diebian.base.lake.models import SourceKind
from diebian.security.identity.public import PLATFORM, department_keys, register_department
from diebian.standards.credit_code import check_character

BODY = "11000000000000001"


def sample_source(slug: str, url: str) -> str:
    code = BODY + check_character(BODY)
    if code not in department_keys():
        register_department(credit_code=code, name="样例部门", by=PLATFORM)
    register_source(slug=slug, title="样例源", department=code, kind=SourceKind.POSTGRESQL,
                    address=beside_address(url), by=PLATFORM)  # fmt: skip
    return code


def beside_address(url: str) -> dict[str, str]:
    """`url`: of a database `PREFIX_NAME` on the bench's own server, which nothing but a sandbox
    system's may be (`databases`).
    """
    parts = urlsplit(url)
    prefix, _, system = parts.path.strip("/").partition("_")
    os.environ["SANDBOX_DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{prefix}"))
    return {"sandbox": system}
