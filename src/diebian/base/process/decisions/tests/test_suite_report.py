"""The report over a folder of the public suite's shape: right, refused, wrong."""

from pathlib import Path

from diebian.base.process.decisions.suite.judging import Verdict, counted, judged

from .files import decision, file, given, literal

SPACES = (
    'xmlns="http://www.omg.org/spec/DMN/20160719/testcase" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
)


def _result(name: str, value: str, more: str = "") -> str:
    told = f'<value xsi:type="xsd:decimal">{value}</value>' if value else '<value xsi:nil="true"/>'
    return f'<resultNode name="{name}"{more}><expected>{told}</expected></resultNode>'


def test_each_result_is_right_refused_or_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "compliance-level-2" / "0001-sum"
    folder.mkdir(parents=True)
    logic = {"和": "a + 1", "差": "a - 1", "时": "now()", "错": "count()"}
    parts = [decision(name, literal(text), ["i-a"]) for name, text in logic.items()]
    (folder / "0001-sum.dmn").write_bytes(file(given("a"), *parts))
    results = _result("和", "3.0000000000001") + _result("差", "9") + _result("时", "1")
    results += _result("错", "", ' errorResult="true"')
    node = '<inputNode name="a"><value xsi:type="xsd:decimal">2</value></inputNode>'
    (folder / "0001-sum-test-01.xml").write_text(
        f"<testCases {SPACES}><modelName>0001-sum.dmn</modelName>"
        f'<testCase id="1">{node}{results}</testCase></testCases>'
    )
    told = list(judged(tmp_path))
    assert [one.verdict for one in told] == [
        Verdict.RIGHT, Verdict.WRONG, Verdict.REFUSED, Verdict.REFUSED_ERROR,
    ]  # fmt: skip
    assert "expected 9, is 1" in told[1].says
    assert "now()" in told[2].says
    assert counted(told)["compliance-level-2"].total() == 4
