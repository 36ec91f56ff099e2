"""`city check`: each kind of fault is told with its file, its line and a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diebian.standards.profile import check
from diebian.standards.profile.references.circles import in_circles

from .packs import CITIES, SMALL, WHOLE, Pack

SIGNS = [b"", b"- ", b": ", b"{", b"'", b'"', b"\n", b",", b"null", b"[]"]
HEADERS = {file.name: file for file in sorted(SMALL.iterdir()) if file.suffix == ".csv"}


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path / "city")


@pytest.fixture
def whole(tmp_path: Path) -> Pack:
    return Pack(tmp_path / "city", of=WHOLE)


@pytest.mark.parametrize("folder", sorted(CITIES.iterdir()), ids=lambda folder: folder.name)
def test_the_cities_of_this_repository_have_no_fault(folder: Path) -> None:
    assert [str(fault) for fault in check(folder)] == []


@pytest.mark.parametrize(
    ("file", "was", "will", "words"),
    [
        ("divisions.csv", "990102000000,兰汀区", "99010200000,兰汀区", "12 位数字"),
        ("divisions.csv", "青荇县,990100000000", "青荇县,990200000000", "上级区划不存在"),
        ("divisions.csv", "石渡镇,990121000000", "石渡镇,990100000000", "上级应是 county"),
        ("divisions.csv", "石渡镇,990121000000", "石渡镇,990102000000", "号段"),
        ("divisions.csv", "兰汀区,990100000000,county", "兰汀区,990100000000,city", "应是"),
        ("organisations.csv", "市储金会,Y00", "市储金会,Y99", "上级机构不存在"),
        ("organisations.csv", "市储金会,Y00", "市储金会,Y02", "绕成了圈"),
        ("organisations.csv", "11990100Y0000002", "11990100Y0000003", "校验位"),
        ("organisations.csv", "SAMPLE", "SURE", "REAL-NAME"),
        ("service_items.csv", "YX-102,安居储金账户转移", "YX-101,安居储金账户转移", "重复"),
        ("service_items.csv", "登记,行政确认", "登记,行政确定", "应为 行政许可"),
        ("service_items.csv", "recalled,8", "recalled,31", "承诺 31 日长于法定 30 日"),
        ("service_items.csv", "recalled,8", "recalled,八", "数字"),
        ("service_items.csv", "30,工作日,样例", ",工作日,样例", "法定时限要同时"),
        ("service_items.csv", "Y03,市房契所", "Y03,市房契局", "简称"),
        ("service_items.csv", "Y03,市房契所", "Y93,市房契所", "办理机构不存在"),
        ("service_items.csv", "房契,,,SAMPLE", "房契,LT1,,SAMPLE", "结果证照不存在"),
        ("holidays_2026.csv", "2026-01-02,5", "2026-01-02,6", "星期"),
        ("holidays_2026.csv", "2026-01-02,5", "2026-01-32,5", "2026-01-01 这样"),
        ("holidays_2026.csv", "holiday,元旦,0", "holiday,元旦,1", "不符"),
        ("city.yaml", "data_lead: Y01", "data_lead: Y77", "牵头机构不存在"),
        ("city.yaml", "hotline: '12300'", "hotline: 12300", "加引号"),
        ("city.yaml", "sample: true", "sample: maybe", "true 或 false"),
        ("city.yaml", "reply: 5", "reply: 11", "法定 10 个工作日.*只能更短，写的是 11"),
        ("city.yaml", "office_review: 1", "office_review: 0", "应在 1 到 120"),
        ("city.yaml", "office_review: 1", "office_review: 一", "不带小数的数字"),
        ("city.yaml", "office_review: 1", "reviewing: 1", "不认识“reviewing”"),
        ("city.yaml", "hotline:", "hotlin:", "不认识“hotlin”"),
        ("city.yaml", "name: 云溪市", "name: 云河市", "这里叫“云河市”"),
        ("people.yaml", "'99010219910614002", "'99010219910614003", "校验位"),
        ("people.yaml", "posts: [reviewer]", "posts: [judge]", "data_manager"),
        ("people.yaml", "organisation: Y03", "organisation: Y33", "单位不存在"),
        ("people.yaml", "username: heshouzhuo", "username: zhouwanqing", "写了两次"),
        ("people.yaml", "phone: '13900000021'", "phone: 13900000021", "加引号"),
        ("sandbox.yaml", "bdcdyh: 990102", "bdcdy: 990102", "栏目不同"),
        ("journey.yaml", "person: id_number", "person: zjhm", "请求参数里没有“zjhm”"),
        ("journey.yaml", "mounted_by: tangqi", "mounted_by: xufang", "没有 data_manager"),
        ("journey.yaml", "mounted_by: tangqi", "mounted_by: nobody", "没有这位工作人员"),
        ("journey.yaml", "mounted_by: tangqi", "mounted_by: baichu", "属于 Y02"),
        ("journey.yaml", "holder: qlrmc", "holder: qlrxm", "样例行里没有 qlrxm"),
        ("journey.yaml", "format: json", "format: jsn", "json、xml"),
        ("journey.yaml", "    path: /fcxx", "    psth: /fcxx", "不认识“psth”"),
        ("journey.yaml", "columns: [deed, holder", "columns: [deed, owner", "没有这一栏：owner"),
        ("journey.yaml", "office_head: caijin", "office_head: baichu", "没有 data_head"),
        ("journey.yaml", "tier: standard", "tier: fast", "trial、standard"),
        ("journey.yaml", "months: 6", "months: 0", "1 到 60"),
        ("journey.yaml", "- code: YX-101", "- code: YX-999", "里没有 YX-999"),
        ("journey.yaml", "system: nest-egg\n", "system: nest-eg\n", "没有这个系统"),
        ("journey.yaml", "field: place", "field: plaza", "栏目里没有"),
        ("journey.yaml", "kind: money", "kind: coins", "money、digits"),
        ("journey.yaml", "kind: digits, length: 6", "kind: digits", "length"),
        ("journey.yaml", "{name: sum,", "{name: statement,", "网页自己"),
        ("journey.yaml", "expect: some", "expect: some, equals: '1'", "只写一个"),
        ("journey.yaml", "at_least: form.sum", "at_least: form.summ", "表格里没有 summ"),
        ("journey.yaml", "equals: applicant.name", "equals: applicant.age", "申请人只有"),
        ("journey.yaml", "“{holder}”", "“{owner}”", "没有 owner"),
        ("journey.yaml", "answered_by: identity", "answered_by: police", "answered_by 应为"),
        ("journey.yaml", "C01\n", "C0\n", "21 位"),
        ("journey.yaml", "person: zhouwanqing", "person: fengshen", "没有这个人"),
        ("journey.yaml", "reviewer: fengshen", "reviewer: duping", "没有 reviewer"),
        ("journey.yaml", "search: 买屋", "search: 卖屋", "叫法"),
        ("journey.yaml", "account_tail: '550021'", "account_tail: '55'", "填得不对"),
        ("journey.yaml", "falls_over: sandbox-estate", "falls_over: sandbox-moon", "没有这个系统"),
        ("map.json", '"兰汀区"', '"兰亭区"', "里没有 990102"),
        ("map.json", '"d": "M80', '"d": "<M80', "SVG"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_where_it_stands(
    pack: Pack, file: str, was: str, will: str, words: str
) -> None:
    line = pack.edit(file, was, will)
    assert pack.says(f"{file}:{line}", words), pack.faults()


@pytest.mark.parametrize(
    ("file", "was", "will", "words"),
    [
        (
            "materials.csv",
            "LICENCE:LT001,licence,LT001",
            "LICENCE:LT001,licence,LT991",
            "替代证照不存在",
        ),
        ("materials.csv", "LICENCE:LT001,licence", "LICENCE:LT001,upload", "exempt_mode"),
        ("materials.csv", "营业执照副本;", "身份证;", "分不清"),
        ("licence_types.csv", "person,A06", "person,B06", "颁发机构不存在"),
        ("licence_types.csv", ",11100000000013338W001,", ",11100000000013338X001,", "证照类型代码"),
        (
            "catalogue.csv",
            "A01-0001,政府公文公开信息,A01",
            "A01-0001,政府公文公开信息,B01",
            "提供机构不存在",
        ),
        ("catalogue.csv", "doc,9,", "doc,8,", "field_count"),
        ("catalogue.csv", "标题:C:200", "标题:Q:200", "名称:类型"),
        ("resources.csv", "R00001,A01-0001", "R00001,A01-9001", "目录不存在"),
        ("upper_resources.csv", ",national,人口,", ",nation,人口,", "没有写 nation 的 kinds"),
        ("upper_resources.csv", "姓名:xm:3:P", "姓名:xm:9:P", "名称:字段名:级别"),
        ("upper_resources.csv", "姓名:xm:3:P", "姓名:xn:3:P", "样例行里没有：xn"),
        ("upper_resources.csv", "id_number=sfzh", "sfzh", "我们的参数名=上级的参数名"),
        ("data_elements.yaml", "format: n15", "format: an..18", "是 15 位"),
        ("data_elements.yaml", "type: 字符", "type: 文字", "应为 字符、"),
        ("data_elements.yaml", "identifier: DE0002", "identifier: DE0001", "写了两次"),
        ("data_elements.yaml", "zch: DE0004", "zch: DE0404", "没有数据元 DE0404"),
        ("one_things.csv", "新生儿出生一件事,cross", "新生儿出生一件事,personal", "type"),
        ("one_thing_members.csv", "OT001,1,I0434", "OT001,1,I9434", "事项不存在"),
        (
            "one_thing_members.csv",
            "OT001,1,I0434,《出生医学证明》办理,A19,,",
            "OT001,1,I0434,《出生医学证明》办理,A19,2,",
            "绕成了圈",
        ),
        ("indicators.yaml", "responsible_org: A26", "responsible_org: B26", "责任机构不存在"),
        ("indicators.yaml", "target: 60", "target: many", "应为数字"),
        ("infrastructure.yaml", "cloud: wo", "cloud: wu", "没有这朵云"),
        ("infrastructure.yaml", "racks_planned: 3000", "racks_planned: 3001", "各期机柜合计"),
        ("infrastructure.yaml", "clouds:", "cloudz:", "不认识“cloudz”"),
        (
            "seed_figures.yaml",
            "published_text: 规划投资4.8亿元",
            "published_text: 规划投资5亿元",
            "不在 sentence",
        ),
        (
            "seed_figures.yaml",
            "expression: resources_table +",
            "expression: import os;",
            "看不懂这个关系",
        ),
        ("seed_figures.yaml", "expression: resources_table +", "expression: 1 +", "关系不成立"),
        ("open_data.yaml", "agreed_by: zhouhead", "agreed_by: sunyuan", "没有 data_head 这个岗位"),
        ("open_data.yaml", "entry: 不动产登记统计信息", "entry: 没有的", "里没有目录“没有的”"),
        ("master_data.yaml", "rule: newest", "rule: newst", "rule 应为 trust、newest"),
        ("master_data.yaml", "declared_by: gaoyun", "declared_by: sunyuan", "data_authority 这个"),
        ("master_data.yaml", "identifier: id_number", "identifier: name", "identifier 要是 kind"),
        ("master_data.yaml", "blocks: [[name]", "blocks: [[nam]", "columns 里没有列 nam"),
        ("master_data.yaml", "order: [hr-retired", "order: [hr-retird", "sources 里没有 hr-retird"),
        ("master_data.yaml", "table: hr-retired", "table: hr-gone", "collections 里没有 hr-gone"),
        ("master_data.yaml", "near: {m: 0.05", "near: {m: 0.5", "m 是可能性"),
        ("master_data.yaml", "    upper: 14", "    uper: 14", "不认识“uper”"),
        ("master_data.yaml", "lower: 5", "lower: 15", "lower 不能大于 upper"),
        ("journey.yaml", "luproxy\n    summary: 按统一", "sunyuan\n    summary: 按统一", "sunyuan"),
        (
            "journey.yaml",
            "  - consumer: A34",
            "  - consumer: A26",
            "hegjj 属于 A34，这里要 A26 的人",
        ),
        (
            "master_data.yaml",
            "kind: date, rule: longest",
            "kind: name, rule: longest",
            "event 只能",
        ),
    ],
)
def test_a_wrong_value_in_a_file_that_a_city_may_do_without(
    whole: Pack, file: str, was: str, will: str, words: str
) -> None:
    whole.edit(file, was, will)
    assert any(line.startswith(f"{file}:") and words in line for line in whole.faults()), (
        whole.faults()
    )


@pytest.mark.parametrize("file", sorted(HEADERS))
def test_the_form_of_a_table(pack: Pack, file: str) -> None:
    text = pack.text(file)
    head, first, *rest = text.splitlines()
    for broken, line, words in (
        ("", 1, "文件是空的"),
        ("\n".join([first, *rest]) + "\n", 1, "第一行应是列名"),
        (text.replace(first, f"{first},more", 1), 2, "列，应有"),
        (text.replace(first, f"{first}\n{first}", 1), 3, "与第 2 行重复"),
        (text.replace("\n", "\r\n"), 1, "CRLF"),
        ("\ufeff" + text, 1, "BOM"),
        (text.replace(head, f"{head},colour", 1), 1, "不认识的列：colour"),
        (text.replace(first, f'"{first}', 1), 2, "引号"),
        (text.replace(first, f"{first}\n", 1), 3, "空行"),
        (text.replace(first, first[:3] + "\0" + first[3:], 1), 2, "空字符"),
    ):
        (pack.folder / file).write_bytes(broken.encode())
        assert pack.says(f"{file}:{line}", words), (words, pack.faults()[:5])


@pytest.mark.parametrize("file", ["divisions.csv", "organisations.csv"])
def test_a_row_that_fell_out_is_told_once_and_not_by_all_that_refer_to_it(
    whole: Pack, file: str
) -> None:
    head, first, second, *rest = whole.text(file).splitlines()
    broken = [head, f"{first},more", second.replace(second.split(",")[0], "?", 1), *rest]
    whole.write(file, "\n".join(broken) + "\n")
    assert {line.rsplit(": ", 1)[0] for line in whole.faults()} == {f"{file}:2", f"{file}:3"}


@pytest.mark.parametrize(
    "file", [*sorted(HEADERS), "city.yaml", "people.yaml", "journey.yaml", "sandbox.yaml"]
)
def test_another_encoding_or_no_file_at_all_is_a_sentence(pack: Pack, file: str) -> None:
    (pack.folder / file).write_bytes(pack.text(file).encode("gbk"))
    assert any(line.startswith(f"{file}:") and "UTF-8" in line for line in pack.faults())
    (pack.folder / file).unlink()
    assert any(line.startswith(f"{file}:1: 缺少") for line in pack.faults())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "文件是空的"),
        ("# 只有注释\n", "没有内容"),
        ("code: [\n", "YAML 写法有误"),
        ("- a\n- b\n", "应写明"),
        ("code: &a {x: *a}\n", "不要用 & 和 *"),
        ("code: '990100'\ncode: '990100'\n", "写了两次"),
        ("code: 2026-13-45\n", "加引号"),
        ("code: !!python/name:os.system x\n", "看不懂这个值"),
        ("{" * 3000, "有误|过深|应是"),
    ],
)
def test_a_document_that_is_none_is_a_sentence(pack: Pack, text: str, words: str) -> None:
    pack.write("city.yaml", text)
    found = [line for line in pack.faults() if line.startswith("city.yaml:")]
    assert any(part in line for line in found for part in words.split("|")), found


def test_broken_json_is_told_with_its_line(pack: Pack) -> None:
    line = pack.edit("map.json", '"h": 700,', '"h": 700;')
    assert pack.says(f"map.json:{line}", "JSON")


def test_a_year_with_a_day_missing_is_told(pack: Pack) -> None:
    pack.edit("holidays_2026.csv", "2026-05-03,", "2025-05-03,")
    assert any("2026 年缺 1 天：2026-05-03" in line for line in pack.faults())


def test_a_file_with_a_mistyped_name_is_told(pack: Pack) -> None:
    (pack.folder / "map.json").rename(pack.folder / "mapp.json")
    assert pack.faults() == ["mapp.json:1: 不认识这个文件，请看文件名有没有写错"]


def test_what_a_city_may_do_without_is_not_missed(pack: Pack) -> None:
    (pack.folder / "map.json").unlink()
    assert pack.faults() == []


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    assert [str(fault) for fault in check(tmp_path / "nowhere")] == ["nowhere:1: 没有这个文件夹"]


def test_the_check_runs_without_a_database_and_counts(pack: Pack) -> None:
    def run() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "diebian.standards.profile", str(pack.folder)]
        return subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603

    assert (run().returncode, run().stdout) == (0, "没有发现错误\n")
    line = pack.edit("city.yaml", "hotline:", "hotlin:")
    told = run()
    assert (told.returncode, told.stdout) == (1, "共 2 处错误\n")
    assert f"city.yaml:{line}: 不认识" in told.stderr


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_file_is_a_traceback(pack: Pack, data: st.DataObject) -> None:
    """A piece cut out, and something else put in: faults may be found, nothing is raised."""
    file = data.draw(st.sampled_from(sorted(one.name for one in SMALL.iterdir())))
    raw = (SMALL / file).read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 60)))
    into = data.draw(
        st.one_of(
            st.binary(max_size=8),
            st.sampled_from([b"", b"- ", b": ", b"{", b"'", b'"', b"\n", b",", b"null", b"[]"]),
        )
    )
    (pack.folder / file).write_bytes(raw[:start] + into + raw[end:])
    check(pack.folder)
    (pack.folder / file).write_bytes(raw)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), max_size=8))
def test_those_in_a_circle_are_above_themselves(parents: dict[str, str]) -> None:
    def reaches_itself(start: str) -> bool:
        one = parents[start]
        for _ in parents:
            if one == start:
                return True
            one = parents.get(one, "")
        return False

    assert in_circles(parents) == {one for one in parents if reaches_itself(one)}
