"""A download is under a grant, by its own people and systems, for a purpose, and counted."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.base.catalogue.public import resource
from diebian.base.delivery.downloading import download
from diebian.base.delivery.files import path_of
from diebian.base.delivery.models import Download
from diebian.base.delivery.refusals import FileLost, GrantOver, PurposeMissing, WayWrong
from diebian.base.delivery.sheets import csv_of, guarded
from diebian.base.exchange.public import Call, Mode, ModeUnfit, suspend
from diebian.security.identity.public import PLATFORM, Post, Refused, register_system
from diebian.security.keys.public import token
from tests.browsing import browser

from .people import (
    CONSUMER,
    FILE,
    OTHER,
    PLACES,
    TABLE,
    a_file,
    a_grant,
    a_table,
    an_entry,
    collected,
    department,
    who,
)

CONTENT = "a,b\n1,样例\n".encode()


@pytest.fixture
def grant(folder: Path) -> int:
    assert folder  # asked for
    a_file(an_entry(), CONTENT)
    return a_grant(FILE, columns=["file"], mode=Mode.FILE)


def test_a_page_hands_over_the_file_and_both_sides_see_who_and_why(grant: int) -> None:
    applicant = browser(who(Post.APPLICANT, CONSUMER))
    asking = applicant.get(f"/exchange/resources/{FILE}/").content.decode()
    assert "整个文件" in asking
    assert "只看头尾" not in asking
    address = f"/delivery/grants/{grant}/download"
    assert applicant.post(address).status_code == 422  # without a purpose
    answer = applicant.post(address, {"purpose": "样例核对第一批"})
    assert answer.content == CONTENT
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Diebian-SM3"] == resource(FILE).contract["digest"]
    request = f"/exchange/requests/{Download.objects.get().grant.request_id}/"
    for side in (who(Post.APPLICANT, CONSUMER), who(Post.DATA_HEAD)):
        page = browser(side).get(request).content.decode()
        assert "样例核对第一批" in page
    assert Call.objects.get().route == FILE
    shown = browser(who(Post.DATA_HEAD)).get("/exchange/calls/").content.decode()
    assert "样例文件" in shown
    assert CONSUMER in shown


def test_nobody_else_and_nothing_else(grant: int) -> None:
    told: dict[str, Any] = {"grant_id": grant, "purpose": "样例"}
    for nobody in (who(Post.APPLICANT, OTHER), who(), who(Post.REVIEWER, CONSUMER)):
        with pytest.raises(Refused):
            download(**told, by=nobody)
    applicant = who(Post.APPLICANT, CONSUMER)
    with pytest.raises(PurposeMissing):
        download(grant_id=grant, purpose="  ", by=applicant)
    path_of(resource(FILE).contract["digest"]).write_bytes(b"changed")
    with pytest.raises(FileLost):
        download(**told, by=applicant)
    suspend(grant_id=grant, reason="样例", by=who(Post.DATA_HEAD))
    with pytest.raises(GrantOver):
        download(**told, by=applicant)
    assert not Download.objects.exists()
    assert not Call.objects.exists()


def test_a_system_downloads_with_its_token(grant: int) -> None:
    register_system(
        code="sample-core", name="样例系统", department=department(CONSUMER), by=PLATFORM
    )
    address, told = f"/api/delivery/grants/{grant}/download", json.dumps({"purpose": "样例"})
    client, kind = browser(who()), "application/json"
    assert client.post(address, told, content_type=kind).status_code == 401
    shown = {"Authorization": f"Bearer {token('sample-core')}"}
    assert client.post(address, told, content_type=kind, headers=shown).content == CONTENT
    assert Download.objects.get().by_name == "样例系统"


def test_a_file_is_not_sent_to_a_database(grant: int) -> None:
    assert grant
    with pytest.raises(ModeUnfit):
        a_grant(FILE, columns=["file"], mode=Mode.TABLE, purpose="别的")


@pytest.mark.usefixtures("lake_place")
def test_a_table_is_downloaded_as_the_granted_columns_of_the_region() -> None:
    collected(40)
    a_table(an_entry(), fields={"number": "id", "owner": "name", "place": "place"},
            items={"number": "编号", "owner": "姓名"}, region="place")  # fmt: skip
    grant = a_grant(TABLE, mode=Mode.FILE, masked=["owner"], region=PLACES[0])
    handed = download(grant_id=grant, purpose="样例", by=who(Post.APPLICANT, CONSUMER))
    head, *lines = csv.reader(io.StringIO(handed.content.decode("utf-8-sig")))
    assert head == ["编号", "姓名"]
    assert [int(line[0]) for line in lines] == list(range(0, 40, 2))
    assert {line[1] for line in lines} == {"***", "****"}
    sent = a_grant(TABLE, purpose="别的")
    with pytest.raises(WayWrong):
        download(grant_id=sent, purpose="样例", by=who(Post.APPLICANT, CONSUMER))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_no_text_becomes_a_formula_and_what_was_written_is_read(text: str) -> None:
    told = guarded(text)
    assert not told.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert told in {text, f"'{text}"}


def test_numbers_stay_numbers() -> None:
    assert csv_of(["=名"], [(-1, "-1", None)]).decode("utf-8-sig") == "'=名\r\n-1,'-1,\r\n"
