"""Open data as anybody meets it: without an account, by browser, by program, by feed reader."""

import re

import pytest
from defusedxml import ElementTree
from django.test import Client

from diebian.base.catalogue.machine.dcat import CONTEXT
from diebian.base.catalogue.machine.dcat import dataset as dcat_of
from diebian.base.catalogue.machine.published import published as published_entries
from diebian.base.catalogue.machine.published import told
from diebian.base.opening import shelf
from diebian.base.opening.actions import withdraw
from diebian.base.opening.models import Dataset, DownloadDay
from diebian.base.opening.public import place_of, released
from diebian.base.opening.quality import Quality, QualitySource, quality_sources
from diebian.base.opening.tests.people import (
    AIR,
    AREA,
    BUREAU,
    PEOPLE,
    RESULT,
    a_table,
    air,
    facts,
    opened,
    proposed,
    who,
)
from diebian.kernel import clock
from diebian.portal.open_data.downloads import Download, TakenDown
from diebian.portal.open_data.plots import drawn
from diebian.security.identity.public import Post
from tests.browsing import browser
from tests.dcat_ap import faults_of

ATOM = "{http://www.w3.org/2005/Atom}"


def an_open_one() -> Dataset:
    a_table(AIR)
    return opened(air(), AIR)


def test_a_visitor_finds_the_data_from_the_head_of_the_page(client: Client) -> None:
    row = an_open_one()
    assert 'href="/open-data/"' in client.get("/").content.decode()
    page = client.get("/open-data/?q=空气").content.decode()
    assert f"/open-data/{row.public_id}/" in page
    assert "没有找到" in client.get("/open-data/?q=月亮").content.decode()
    assert row.title in client.get("/search/?q=空气").content.decode()
    for query in ("format=parquet&update=month", f"department={row.entry.provider.credit_code}"):
        assert "1 份数据" in client.get(f"/open-data/?{query}").content.decode()
    assert "0 份数据" in client.get("/open-data/?theme=base.credit").content.decode()


def test_the_page_tells_columns_rows_licence_and_draws_without_script_or_style(
    client: Client,
) -> None:
    row = an_open_one()
    page = client.get(f"/open-data/{row.public_id}/").content.decode()
    for words in ("一行是一次样例", "知识共享 署名 4.0", "[DS/OL]", "2026-01-01", "样例数据"):
        assert words in page, words
    assert page.count("<figure") == 2
    main = page.partition("<main")[2]
    assert "<script" not in main
    assert "style=" not in main
    assert "质量</h2>" not in main  # nobody knows: nothing is said


def test_what_others_know_of_the_quality_is_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = an_open_one()
    known = [Quality("规则检查", "90 行都合规则", clock.now())]
    source = QualitySource("test", lambda slug: known if slug == AIR else [])
    monkeypatch.setattr(quality_sources, "_items", {"test": source})
    assert "90 行都合规则" in client.get(f"/open-data/{row.public_id}/").content.decode()


def test_a_download_is_counted_and_the_same_file_is_not_sent_twice(client: Client) -> None:
    row = an_open_one()
    address = f"/open-data/{row.public_id}/download/csv"
    answer = client.get(address)
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert body.startswith("\ufeff日期".encode())
    assert answer["Content-Length"] == str(len(body))
    assert "filename*=utf-8''" in answer["Content-Disposition"].lower()
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.head(address).status_code == 200
    assert client.get(f"/open-data/{row.public_id}/download/exe").status_code == 404
    assert [(one.format, one.count) for one in DownloadDay.objects.all()] == [("csv", 1)]
    assert not client.cookies


def test_what_is_withdrawn_says_why_to_people_and_to_programs(client: Client) -> None:
    row = an_open_one()
    withdraw(dataset_id=row.public_id, reason="数有误，正在重做", by=who(Post.AUTHORITY, BUREAU))
    page = client.get(f"/open-data/{row.public_id}/")
    assert (page.status_code, "数有误，正在重做" in page.content.decode()) == (410, True)
    for place in ("download/csv", "download/parquet", "feed.atom"):
        assert client.get(f"/open-data/{row.public_id}/{place}").status_code == 410
    for place in ("", "/rows"):
        told_ = client.get(f"/api/open-data/datasets/{row.public_id}{place}")
        assert (told_.status_code, told_.json()["code"]) == (410, "opening.withdrawn")
        assert told_["Content-Type"] == "application/problem+json"
    assert client.get("/api/open-data/datasets").json()["count"] == 0
    assert row.title not in client.get("/open-data/feed.atom").content.decode()


def test_what_is_only_proposed_is_not_there_for_anybody(client: Client) -> None:
    a_table(AIR)
    row = proposed(air(), AIR)
    for place in (f"/open-data/{row.public_id}/", f"/open-data/{row.public_id}/download/csv",
                  f"/api/open-data/datasets/{row.public_id}/rows"):  # fmt: skip
        assert client.get(place).status_code == 404


def test_a_download_under_way_ends_when_the_data_is_withdrawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shelf, "CHUNK", 100)
    row = an_open_one()
    _, release = released(row.public_id)
    sent = Download(place_of(release.files["csv"].digest), row.public_id, look_every=1)
    assert [len(next(sent)), len(next(sent))] == [100, 100]
    withdraw(dataset_id=row.public_id, reason="样例", by=who(Post.DATA_HEAD))
    with pytest.raises(TakenDown):
        next(sent)
    sent.close()


def test_downloads_never_take_all_of_the_web_process(client: Client) -> None:
    row = an_open_one()
    _, release = released(row.public_id)
    file = place_of(release.files["csv"].digest)
    begun = [Download(file, row.public_id) for _ in range(4)]
    address = f"/open-data/{row.public_id}/download/csv"
    full = client.get(address)
    assert (full.status_code, "过一会儿" in full.content.decode()) == (503, True)
    assert not DownloadDay.objects.exists()
    assert client.get(f"/open-data/{row.public_id}/").status_code == 200
    for one in begun:
        one.close()  # broken off: nothing of it was read
    assert b"".join(client.get(address)).startswith("\ufeff日期".encode())


def test_a_program_reads_all_rows_by_following_next(client: Client) -> None:
    row = an_open_one()
    address, seen = f"/api/open-data/datasets/{row.public_id}/rows?limit=50", []
    while address:
        told_ = client.get(address).json()
        seen += told_["rows"]
        address = told_["next"]
    assert (len(seen), told_["count"]) == (90, 90)
    assert seen[0] == {"日期": "2026-01-01", "站点": "a0", "指数": 40}
    part = client.get(f"/api/open-data/datasets/{row.public_id}/rows?站点=a1&limit=10").json()
    assert part["count"] == 30
    assert "%E7%AB%99%E7%82%B9=a1" in part["next"]
    wrong = client.get(f"/api/open-data/datasets/{row.public_id}/rows?指数=x' OR 1=1")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "opening.question_wrong")


def test_the_api_is_described_with_the_others(client: Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    told_ = paths["/api/open-data/datasets/{dataset_id}/rows"]["get"]
    assert told_["security"] == []
    assert {"limit", "offset"} <= {one["name"] for one in told_["parameters"]}


def test_a_feed_reader_learns_of_each_release(client: Client) -> None:
    row = an_open_one()
    for place, times in (("/open-data/feed.atom", 1), (f"/open-data/{row.public_id}/feed.atom", 1)):
        feed = ElementTree.fromstring(client.get(place).content)
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == times
        assert entries[0].findtext(f"{ATOM}title") == "空气：第 1 批"
        assert entries[0].findtext(f"{ATOM}id", "").endswith("#1")


def test_the_catalogues_machine_doors_tell_what_can_be_taken(client: Client) -> None:
    row = an_open_one()
    [one] = told(published_entries().filter(pk=row.entry.pk))
    whole = dcat_of("http://x/", one)
    assert faults_of({"@context": CONTEXT, **whole}) == []
    told_ = whole["dcat:distribution"]
    assert [bool(each.get("dcat:downloadURL")) for each in told_] == [True, True, True, False]
    assert told_[0]["dct:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told_[0]["dcat:byteSize"]["@value"] > 0
    shown = client.get(f"/api/3/action/package_show?id={row.entry.public_id}").json()["result"]
    assert (shown["license_id"], shown["isopen"], shown["num_resources"]) == ("cc-by-4.0", True, 4)
    for resource in shown["resources"]:
        again = client.get(f"/api/3/action/resource_show?id={resource['id']}").json()
        assert again["result"] == resource
        taken = client.get(re.sub(r"^http://[^/]+", "", resource["url"]))
        assert taken.status_code == 200
        b"".join(taken)
    withdraw(dataset_id=row.public_id, reason="样例", by=who(Post.DATA_HEAD))
    shown = client.get(f"/api/3/action/package_show?id={row.entry.public_id}").json()["result"]
    assert (shown["license_id"], shown["resources"]) == (None, [])


def test_the_page_of_data_about_people_tells_what_was_left_out(client: Client) -> None:
    a_table(PEOPLE)
    row = opened(facts(AREA, RESULT, leave_out_small=True))
    page = client.get(f"/open-data/{row.public_id}/").content.decode()
    assert "为此略去了 15 行" in page


def test_a_manager_proposes_on_the_page_after_counting() -> None:
    a_table(PEOPLE)
    manager, address = browser(who()), f"/opening/new/{PEOPLE}/"
    page = manager.get(address).content.decode()
    assert "不能开放：是个人信息" in page
    sent = {"title": "样例", "summary": "样例", "licence": "cc-by-4.0", "update_cycle": "month",
            "about_people": "on", "c2-in": "on", "c2-title": "区划", "c2-how": "as_is",
            "c2-quasi": "on", "step": "check"}  # fmt: skip
    counted = manager.post(address, sent)
    assert (counted.status_code, "最小的只有 15 行" in counted.content.decode()) == (200, True)
    assert Dataset.objects.count() == 0
    refused = manager.post(address, {**sent, "step": "propose"})
    assert (refused.status_code, "可能认出某个人" in refused.content.decode()) == (422, True)
    done = manager.post(address, {**sent, "step": "propose", "leave_out_small": "on"})
    assert done.status_code == 302
    head = browser(who(Post.DATA_HEAD))
    assert "同意，报主管部门" in head.get(done["Location"]).content.decode()
    assert "样例" in head.get("/opening/").content.decode()
    forged = manager.post(address, {**sent, "c1-in": "on", "step": "propose"})
    assert "不得公开" in forged.content.decode()
    assert browser(who(Post.DATA_HEAD)).get(address).status_code == 403


@pytest.mark.parametrize("values", [[5, 5, 5], [0, 0, 0], [-3, 4, 9], [99, 101, 100], [1e9, 2, 7]])
def test_a_line_stays_within_its_picture(values: list[float]) -> None:
    points = [{"label": str(at), "value": one, "rows": 1} for at, one in enumerate(values)]
    told_ = drawn({"kind": "line", "title": "样例", "measure": "数", "points": points})
    assert all(0 <= y <= 100 for dot in told_.dots for y in (dot.x1, dot.y1))
    assert len(told_.beside) == len(set(told_.beside)) == 3
