"""The data manager enters how the system is asked, tries it, and mounts it."""

from collections.abc import Iterator

import pytest

from diebian.base.catalogue.public import resource
from diebian.base.exchange.interfaces.contract_lines import lines_of
from diebian.base.exchange.interfaces.trial import masked
from diebian.base.exchange.tests.department_system import department_system
from diebian.base.exchange.tests.people import CONTRACT, OTHER, PROVIDER, an_entry, who
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Post
from tests.browsing import browser

pytestmark = pytest.mark.django_db
ROW = {"qlr": "王芳样例", "mj": "88", "xzq": "880101"}
FILLED = {
    "title": "样例房屋查询",
    "slug": "sample-housing",
    "system": "sample",
    "path": "/ask",
    "format": "json",
    "headers": "X-Key = secret-word",
    "request": "id_number = zjhm",
    "person": "id_number",
    "fixed": "",
    "success": "code = 0",
    "none": "",
    "rows": "data.list",
    "fields_": "owner = qlr\narea = mj\nplace = xzq",
    "region": "place",
    "probe": "id_number = 219902198803120029",
}


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    with department_system([ROW]) as (address, keys):
        monkeypatch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        yield keys


def test_trying_really_asks_and_shows_only_masked_values(keys: list[str]) -> None:
    page = _post(an_entry(), do="try")
    assert keys == ["secret-word"]
    assert "试调成功，返回 1 行" in page
    assert "王＊＊例" in page
    assert "王芳样例" not in page
    with pytest.raises(NotFound):
        resource("sample-housing")


def test_mounting_keeps_the_contract_that_was_tried(keys: list[str]) -> None:
    entry = an_entry()
    answer = browser(who(Post.DATA_MANAGER, PROVIDER)).post(
        f"/exchange/entries/{entry}/mount", {**FILLED, "do": "mount"}
    )
    assert answer.status_code == 302
    assert resource("sample-housing").contract == CONTRACT
    assert len(keys) == 2  # once for the preview, once by the action itself


def test_credentials_are_kept_and_never_shown_again(keys: list[str]) -> None:
    entry = an_entry()
    _post(entry, do="mount")
    manager = browser(who(Post.DATA_MANAGER, PROVIDER))
    page = manager.get(f"/exchange/entries/{entry}/mount?slug=sample-housing").content.decode()
    assert "owner = qlr" in page
    assert "secret-word" not in page
    _post(entry, do="mount", headers="", title="新名")
    assert resource("sample-housing").contract["headers"] == {"X-Key": "secret-word"}
    assert keys[-1] == "secret-word"


def test_a_system_that_answers_in_lines_is_mounted_as_it_speaks() -> None:
    entry = an_entry()
    told = {**FILLED, "format": "lines", "encoding": "gbk", "separator": "|", "rows": "",
            "success": "RC = 00", "headers": ""}  # fmt: skip
    answer = "RC|00\r\nqlr|王芳样例\r\nmj|88\r\nxzq|880101\r\n".encode("gbk")
    with department_system([], body=answer) as (address, _), pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        assert "王＊＊例" in _post(entry, **{**told, "do": "try"})
        _post(entry, **{**told, "do": "mount"})
    contract = resource("sample-housing").contract
    assert (contract["format"], contract["encoding"], contract["separator"]) == (
        "lines",
        "gbk",
        "|",
    )
    assert "rows" not in contract
    manager = browser(who(Post.DATA_MANAGER, PROVIDER))
    page = manager.get(f"/exchange/entries/{entry}/mount?slug=sample-housing").content.decode()
    assert '<option value="gbk" selected>' in page


def test_a_column_that_does_not_exist_is_explained(keys: list[str]) -> None:
    page = _post(an_entry(), do="try", fields_="owner = nonsense", region="")
    assert "提供部门的系统没有按约定答复。请对照系统的接口说明" in page
    assert "owner = nonsense</textarea>" in page
    assert keys


def test_a_system_that_is_not_there_is_explained() -> None:
    page = _post(an_entry(), do="try", system="unheard")
    assert "提供部门的系统暂时联系不上" in page
    assert "代码已在平台登记" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("fields_", "owner qlr", "第 1 行：应写成“左边 = 右边”"),
        ("fields_", "owner = qlr\nowner = x", "第 2 行：“owner”写了两次"),
        ("request", "号 = zjhm", "第 1 行：“号”只能用字母"),
        ("path", "@elsewhere.example/", "路径以 / 开头"),
        ("path", "/a/../b?c", "路径以 / 开头"),
        ("probe", "name = 样例", "样例里缺少参数：id_number"),
        ("headers", "Host = elsewhere", "不能用这些请求头：Host"),
        ("headers", "X-Key = 中文", "不能用这些请求头：X-Key"),
        ("rows", "data..list", "用点分开的字段名"),
        ("system", "SAMPLE", "小写字母开头"),
        ("region", "nowhere", "返回字段里没有这一列"),
        ("rows", "", "请写明结果在哪个字段里"),
        ("quota_day", "100", "只有上级平台的接口才这样写"),
        ("repeatable", "on", "只有上级平台的接口才这样写"),
        ("quota_says", "code = 429", "也要写每天给多少次"),
        ("separator", "｜｜｜｜", "3"),
        ("person", "", "“id_number”的样例是公民身份号码"),
        ("person", "zjhm", "请求参数里没有“zjhm”"),
    ],
)
def test_what_is_wrong_is_told_line_by_line(field: str, value: str, sentence: str) -> None:
    assert sentence in _post(an_entry(), do="try", **{field: value})


def test_only_the_entrys_own_manager_comes_here() -> None:
    address = f"/exchange/entries/{an_entry()}/mount"
    for post, of in ((Post.DATA_HEAD, PROVIDER), (Post.DATA_MANAGER, OTHER)):
        assert browser(who(post, of)).get(address).status_code == 403


def test_a_masked_value_tells_its_ends_only() -> None:
    told = [masked(value) for value in ("", "王", "王芳", "王小芳", "219902198803120029")]
    assert told == ["（空）", "王＊", "王＊", "王＊芳", "2＊＊＊＊＊＊9"]


def test_lines_are_written_as_they_are_read() -> None:
    assert lines_of({"owner": "qlr", "area": "mj", "place": "xzq"}) == FILLED["fields_"]


def _post(entry: object, **changed: str) -> str:
    manager = browser(who(Post.DATA_MANAGER, PROVIDER))
    answer = manager.post(f"/exchange/entries/{entry}/mount", {**FILLED, **changed}, follow=True)
    return answer.content.decode()
