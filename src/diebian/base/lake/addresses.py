"""Where a department's system is, as a person may type it: one host of the network, no password.

`{"url": …}`, or `{"sandbox": NAME}`, which no page offers: a system that this installation starts
for practice, or the real one that replaces it.
"""

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from .models import SourceKind
from .refusals import AddressWrong, SourceUnreachable

SANDBOX = re.compile(r"[a-z][a-z0-9_]{0,30}")
SCHEMES = {
    SourceKind.POSTGRESQL: {"postgresql", "postgres"},
    SourceKind.MYSQL: {"mysql", "mariadb"},
    SourceKind.KINGBASE: {"kingbase", "postgresql"},
    SourceKind.DM: {"dm"},
    SourceKind.HTTP: {"http", "https"},
}
PORTS = {"postgresql": 5432, "kingbase": 54321, "mysql": 3306, "dm": 5236, "http": 80, "https": 443}
SAME = {"postgres": "postgresql", "mariadb": "mysql"}
# What every reader of addresses understands alike: whoever checks and whoever connects must mean
# the same host.
PLACE = re.compile(
    r"([^\s@/?#\\:\[\]]{1,60}@)?([0-9A-Za-z][0-9A-Za-z._-]{0,252}|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?"
)
# Everything else that libpq knows reads a file, the environment, another server or a session's
# settings: service, passfile, sslkey, sslcert, hostaddr, options and so on, with each release more.
WORDS = {"user", "host", "port", "dbname", "sslmode"}
MODES = {"prefer", "require", "verify-full"}
MOST_PORT = 65535
DATABASE = re.compile(r"[^\s=:/'\\]{1,63}")


def checked_address(kind: str, address: Mapping[str, Any]) -> dict[str, Any]:
    """As it is kept. Raises `AddressWrong`."""
    if kind in {SourceKind.FILE, SourceKind.PUSH}:
        return {}
    if kind in {SourceKind.POSTGRESQL, SourceKind.HTTP} and "sandbox" in address:
        if not SANDBOX.fullmatch(str(address["sandbox"])):
            raise AddressWrong("没有这样的沙盒系统")
        return {"sandbox": address["sandbox"]}
    url = str(address.get("url", ""))
    known = SCHEMES[SourceKind(kind)]
    if _scheme(url) not in known:
        raise AddressWrong(f"应以 {'、'.join(sorted(known))}:// 开头")
    if urlsplit(url).password:
        raise AddressWrong("地址里不要写口令；口令由运维人员放好，这里只写它的名字")
    parts = urlsplit(url)
    found = PLACE.fullmatch(parts.netloc)
    if found is None or int((found[3] or ":0")[1:]) > MOST_PORT:
        raise AddressWrong("要写明网络上的一台主机，如 主机名:端口；不收套接字，也不收几台主机")
    if kind in {SourceKind.POSTGRESQL, SourceKind.KINGBASE}:
        database_words(url)
    elif parts.query or parts.fragment or (kind == SourceKind.HTTP and parts.username):
        raise AddressWrong("只写到主机、端口和路径为止，不要写 ?、# 后面的内容，也不要写账号")
    return {"url": url}


def postgres_address(address: Mapping[str, Any]) -> dict[str, Any]:
    """For other components: the same rules for a PostgreSQL that they connect to."""
    return checked_address(SourceKind.POSTGRESQL, address)


def database_words(url: str) -> dict[str, str]:
    """Of a PostgreSQL, or one that speaks as it does, in libpq's words."""
    try:
        told = dict(conninfo_to_dict(urlunsplit(urlsplit(url)._replace(scheme="postgresql"))))
    except psycopg.Error as error:
        raise AddressWrong("应写成 postgresql://账号@主机:端口/库") from error
    if strange := sorted(set(told) - WORDS):
        raise AddressWrong(f"不收 {'、'.join(strange)}；问号后面只能写 sslmode")
    words = {name: str(value) for name, value in told.items()}
    if words.setdefault("sslmode", "prefer") not in MODES:
        raise AddressWrong(f"sslmode 只能是 {'、'.join(sorted(MODES))}")
    # Written in the place for it: what a query says instead may be a socket, or several hosts.
    place = urlsplit(url)
    words.setdefault("port", str(port_of(url)))
    told_at = (place.hostname or "", str(port_of(url)))
    if (words.get("host", "").lower(), words["port"]) != told_at:
        raise AddressWrong("主机和端口要写在账号的后面，不能写在问号后面")
    if not (words.get("user") and DATABASE.fullmatch(words.get("dbname", ""))):
        raise AddressWrong("要写明账号和库的名字")
    if words["sslmode"] == "verify-full":
        words["sslrootcert"] = "system"
    return words


def origin_of(address: Mapping[str, Any]) -> str:
    """Which system it is: kind of talk, host and port. A secret is kept for one of these."""
    if "sandbox" in address:
        return f"sandbox:{address['sandbox']}"
    url = str(address["url"])
    parts = urlsplit(url)
    scheme = SAME.get(parts.scheme, parts.scheme)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{port_of(url)}"


def port_of(url: str) -> int:
    """The one that is written, or the one that this kind of system has."""
    parts = urlsplit(url)
    return parts.port or PORTS[SAME.get(parts.scheme, parts.scheme)]


def url_of(address: Mapping[str, Any]) -> str:
    """Of a sandbox system the one that `up` chose, or the real one's that replaces it."""
    if "sandbox" not in address:
        return str(address["url"])
    word = f"DIEBIAN_SANDBOX_{str(address['sandbox']).upper()}"
    if word not in os.environ:
        raise SourceUnreachable(f"没有设置 {word}")
    return os.environ[word]


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme
    except ValueError:  # brackets that are no address
        return ""
