"""Passwords and tokens of departments' systems, kept by the operators: each for one department and
one address. `<data folder>/secrets/DEPARTMENT/NAME`, two lines: the origin it is for, the secret.

A name alone would let a manager register a server of his own under another department's name for a
secret, and be sent it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .addresses import checked_address, origin_of
from .refusals import SecretElsewhere, SecretMissing

NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
CODE = re.compile(r"[0-9A-Z]{18}")


@dataclass(frozen=True)
class KeptSecret:
    department: str  # credit code
    name: str
    origin: str


def address_and_secret(
    kind: str, address: Mapping[str, Any], *, secret: str, department: str
) -> tuple[dict[str, Any], str]:
    """The address, looked at again (one that older rules had let in is not let through), and the
    secret that is kept for it. Raises `AddressWrong`, `SecretMissing`, `SecretElsewhere`.
    """
    told = checked_address(kind, address)
    return told, secret_of(secret, department=department, origin=origin_of(told))


def secret_of(name: str, *, department: str, origin: str) -> str:
    """Raises `SecretMissing`; `SecretElsewhere` where it was kept for another address."""
    if not name:
        return ""
    file = _file(department, name)
    if file is None or not file.is_file():
        raise SecretMissing(f"本部门没有叫“{name[:60]}”的")
    kept_for, _, text = file.read_text().partition("\n")
    if kept_for.strip() != origin:
        raise SecretElsewhere(f"它是为 {kept_for.strip()} 放的，这里是 {origin}")
    return text.strip()


def keep_secret(*, name: str, department: str, origin: str, text: str, by: Actor) -> Path:
    """By the operators. What was kept under the name is replaced. Raises `SecretMissing` for a name
    or a text that is none.
    """
    if not policy.may_keep_secrets(by):
        raise Refused
    file = _file(department, name)
    if file is None or not text.strip() or "\n" in text.strip():
        raise SecretMissing("名字用小写字母、数字和横线，部门写信用代码，口令是一行")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_text(f"{origin}\n{text.strip()}\n")
    part.replace(file)
    audit.record(by=by, action="lake.secret.kept", subject=f"lake.secret:{department}/{name}")
    return file


def kept_secrets() -> Iterator[KeptSecret]:
    """Everything but the secrets themselves."""
    for file in sorted(_folder().glob("*/*")):
        if NAME.fullmatch(file.name):
            origin = file.read_text().partition("\n")[0].strip()
            yield KeptSecret(file.parent.name, file.name, origin)


def _folder() -> Path:
    return Path(settings.DIEBIAN_DATA) / "secrets"


def _file(department: str, name: str) -> Path | None:
    """None for what could be a path of its own."""
    is_plain = CODE.fullmatch(department) and NAME.fullmatch(name)
    return _folder() / department / name if is_plain else None
