"""A password goes to the department and the address that it was kept for, and to nobody else."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.management import call_command

from diebian.base.lake.actions import register_source
from diebian.base.lake.models import SourceKind
from diebian.base.lake.readers.http import HttpReader
from diebian.base.lake.refusals import AddressWrong, SecretElsewhere, SecretMissing
from diebian.base.lake.secrets import keep_secret, kept_secrets, secret_of
from diebian.base.lake.watch import Watch
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Refused

from .people import OTHER, OWNER, a_collection, department, who

pytestmark = pytest.mark.usefixtures("lake_place")


def test_a_secret_is_given_to_its_department_and_its_address_alone() -> None:
    ours, at = department(), "https://core.example:443"
    keep_secret(name="core-reader", department=ours, origin=at, text="word\n", by=PLATFORM)
    assert secret_of("core-reader", department=ours, origin=at) == "word"
    with pytest.raises(SecretElsewhere, match=r"它是为 https://core\.example:443 放的"):
        secret_of("core-reader", department=ours, origin="https://core.example.evil:443")
    with pytest.raises(SecretMissing):
        secret_of("core-reader", department=department(OTHER), origin=at)
    assert "lake.secret.kept" in actions_on(f"lake.secret:{ours}/core-reader")


def test_only_names_of_secrets_are_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """`DIEBIAN_SECRET_KEY` is the platform's own: no name leads to the environment."""
    monkeypatch.setenv("DIEBIAN_SECRET_KEY", "ours")
    for name in ("key", "missing", "../keys/tokens.json", "PATH", "."):
        with pytest.raises(SecretMissing):
            secret_of(name, department=department(), origin="http://a:80")
    with pytest.raises(SecretMissing):
        secret_of("key", department="..", origin="http://a:80")


def test_the_operators_alone_keep_secrets_and_nobody_else_reads_the_file() -> None:
    told = {"name": "core-reader", "department": department(), "origin": "http://a:80"}
    with pytest.raises(Refused):
        keep_secret(**told, text="word", by=who())
    file = keep_secret(**told, text="word", by=PLATFORM)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [one.name for one in kept_secrets()] == ["core-reader"]


def test_the_command_keeps_and_lists_and_never_shows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("word\n"))
    call_command("secret", "keep", "core-reader", department(), "postgresql",
                 "postgresql://reader@db.example/x")  # fmt: skip
    call_command("secret")
    told = capsys.readouterr().out
    assert "postgresql://db.example:5432" in told
    assert "word" not in told


def test_another_departments_secret_is_not_sent_to_ones_own_server(lake_place: Path) -> None:
    with _listening() as (address, heard):
        keep_secret(name="token", department=department(OWNER), origin=address, text="word",
                    by=PLATFORM)  # fmt: skip
        thief = who(of=OTHER)
        register_source(slug="evil", title="样例", department=thief.department, by=thief,
                        kind=SourceKind.HTTP, address={"url": address}, secret="token")  # fmt: skip
        with pytest.raises(SecretMissing):
            a_collection("list", source="evil", by=thief)
        assert heard == []
        register_source(slug="own", title="样例", department=department(), by=who(),
                        kind=SourceKind.HTTP, address={"url": address}, secret="token")  # fmt: skip
        a_collection("list", source="own", key=["id"])
        assert heard == ["Bearer word"]
    assert lake_place.is_dir()


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("http://host", "http://host.evil.example/rows"),
        ("http://host:80", "http://host:8080/rows"),
        ("http://host/api", "http://host/apis/rows"),
        ("http://host/api", "../admin"),
        ("https://host", "http://host/rows"),
        ("http://host", "ftp://host/rows"),
        ("http://host", "http://host:99999/rows"),
        ("http://host", "http://[host/rows"),
    ],
)
def test_a_path_stays_under_its_address(base: str, path: str) -> None:
    with pytest.raises(AddressWrong):
        HttpReader(base, path, {}, "", Watch(60))


@contextmanager
def _listening() -> Iterator[tuple[str, list[str]]]:
    heard: list[str] = []

    class System(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers["authorization"])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'[{"id": 1}]')

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), System)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()
