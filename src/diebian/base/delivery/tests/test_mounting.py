"""A table and a file become resources: really read, of the right department, counted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from diebian.base.catalogue.public import (
    Kind,
    ProbeFailed,
    SlugTaken,
    mount_resource,
    record_probe,
    resource,
    resource_counts,
    resources_of,
    unmount_resource,
)
from diebian.base.delivery.contracts import probe_file
from diebian.base.delivery.figures import rows_mounted
from diebian.base.delivery.files import path_of
from diebian.base.delivery.refusals import FileLost
from diebian.base.lake.public import (
    Selection,
    TableUnknown,
    collect,
    lake_table,
    read_rows,
    reading_many,
)
from diebian.security.identity.public import Post, Refused
from tests.browsing import browser

from .people import (
    FILE,
    OTHER,
    TABLE,
    a_collection,
    a_file,
    a_table,
    an_entry,
    collected,
    rows_of,
    who,
)

ONE = Selection(columns=["id"], limit=1)


@pytest.mark.usefixtures("lake_place")
def test_a_collected_table_becomes_a_resource_with_its_items() -> None:
    entry = an_entry()
    a_collection()
    with pytest.raises(TableUnknown):  # nothing was collected yet
        a_table(entry)
    collect("people")
    with pytest.raises(ProbeFailed, match="phone"):  # the lake has no such column
        a_table(entry, fields={"number": "id", "phone": "phone"})
    for stranger in (who(Post.DATA_MANAGER, OTHER), who(Post.DATA_HEAD)):
        with pytest.raises(Refused):
            a_table(entry, by=stranger)
    assert resources_of(entry) == []
    a_table(entry)
    found = resource(TABLE)
    assert (found.kind, found.is_open) == (Kind.TABLE, True)
    told = [(one.column, one.name, one.level, one.privacy) for one in found.columns]
    assert told == [
        ("number", "编号", 1, ""),
        ("owner", "姓名", 2, "个人信息"),
        ("amount", "金额", 1, ""),
    ]
    assert resource_counts() == {Kind.TABLE: 1, Kind.FILE: 0, Kind.INTERFACE: 0}
    with reading_many():  # over one connection, which sees each time what is there by then
        before = read_rows(lake_table("people").name, ONE).total
        rows_of((number, "样例", 1, "219901") for number in range(101))
        collect("people")
        after = read_rows(lake_table("people").name, ONE).total
    assert (before, after, rows_mounted()) == (100, 101, (1, 101))
    page = browser(who()).get(f"/catalogue/{entry}/").content.decode()
    for says in ("已挂载：库表 1", "在写明的每日更新以内", "没有人调用"):
        assert says in page


@pytest.mark.usefixtures("folder")
def test_a_file_is_stored_once_under_what_is_in_it() -> None:
    entry = an_entry()
    a_file(entry)
    contract = resource(FILE).contract
    assert path_of(contract["digest"]).read_bytes() == b"a,b\n1,2\n"
    assert (contract["name"], contract["size"]) == ("样例.csv", 8)
    record_probe(slug=FILE, probe=probe_file, by=who())
    path_of(contract["digest"]).unlink()
    with pytest.raises(FileLost):
        record_probe(slug=FILE, probe=probe_file, by=who())


@pytest.mark.usefixtures("folder")
def test_what_is_unmounted_is_found_by_nobody_and_its_code_stays_its_own() -> None:
    entry = an_entry()
    a_file(entry)
    with pytest.raises(Refused):
        unmount_resource(slug=FILE, reason="样例", by=who(Post.DATA_HEAD))
    unmount_resource(slug=FILE, reason="改由接口提供", by=who())
    assert resources_of(entry) == []
    assert resource_counts()[Kind.FILE] == 0
    assert not resource(FILE).is_open
    with pytest.raises(SlugTaken):  # also for another kind behind the same entry
        mount_resource(entry_id=entry, slug=FILE, title="甲", contract={"fields": {}},
                       probe=lambda _: set(), by=who(), kind=Kind.TABLE)  # fmt: skip
    a_file(entry)
    assert resource(FILE).is_open


@pytest.mark.usefixtures("folder")
def test_the_list_counts_and_filters_by_kind() -> None:
    with_file, bare = an_entry("有文件的样例"), an_entry("没有的样例")
    a_file(with_file)
    page = browser(who()).get("/catalogue/?kind=file").content.decode()
    assert f"/catalogue/{with_file}/" in page
    assert f"/catalogue/{bare}/" not in page
    assert "库表 0 个，文件 1 个，接口 0 个" in page


@pytest.mark.usefixtures("lake_place")
def test_the_pages_lead_from_the_entry_to_a_mounted_table_and_file() -> None:
    entry, manager = an_entry(), browser(who())
    address = f"/delivery/entries/{entry}"
    page = manager.get(f"/catalogue/{entry}/").content.decode()
    assert f"{address}/table" in page
    assert f"{address}/file" in page
    assert "还没有归集过表" in manager.get(f"{address}/table").content.decode()
    collected()
    assert "?from=people" in manager.get(f"{address}/table").content.decode()
    assert "刚从湖里读到的第一行" in manager.get(f"{address}/table?from=people").content.decode()
    sent = {"title": "样例表", "slug": TABLE, "item0": "id", "item1": "name", "do": "mount"}
    twice = manager.post(f"{address}/table?from=people", {**sent, "item1": "id"})
    assert twice.status_code == 422
    assert "选给了不止一个信息项" in twice.content.decode()
    done = manager.post(f"{address}/table?from=people", sent)
    assert (done.status_code, done["Location"]) == (302, f"/exchange/resources/{TABLE}/")
    assert resource(TABLE).contract["fields"] == {"number": "id", "owner": "name"}
    _mounts_a_file(manager, address)
    page = manager.get(f"/catalogue/{entry}/").content.decode()
    assert "已挂载：库表 1、文件 1" in page
    gone = manager.post(f"/exchange/resources/{FILE}/unmount", {"reason": "样例理由"})
    assert gone.status_code == 302
    assert "已卸载" in manager.get(f"/exchange/resources/{FILE}/").content.decode()


def _mounts_a_file(manager: Client, address: str) -> None:
    for name, content in (("a.exe", b"MZ"), ("a.pdf", b"GIF89a"), ("a.csv", b"")):
        sent = SimpleUploadedFile(name, content)
        told = manager.post(f"{address}/file", {"title": "甲", "slug": FILE, "file": sent})
        assert told.status_code == 422, name
    good = SimpleUploadedFile("../../甲 <b>.csv", b"x\n1\n")
    told = manager.post(f"{address}/file", {"title": "甲", "slug": FILE, "file": good})
    assert told.status_code == 302
    assert resource(FILE).contract["name"] == "甲 _b_.csv"
