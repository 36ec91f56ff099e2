"""`./diebian bench`: how it ends where figures were to be reached, or answers to be equal."""

import json

import pytest

from diebian.assembly.bench import _asked, measure, run_bench
from diebian.kernel.benches import Bench
from diebian.kernel.words import WordsUnclear


@pytest.mark.parametrize(
    ("told", "code"),
    [({}, 0), ({"is_reached": True, "digests_equal": True}, 0), ({"is_reached": False}, 1),
     ({"digests_equal": False}, 1)],
)  # fmt: skip
def test_a_figure_not_reached_and_answers_that_differ_are_an_exit_code(
    told: dict[str, bool], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = Bench(slug="sample", title="样例", run=lambda _: told)
    assert measure(bench, _asked(["sample", "--json"])) == code
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == told


def test_so_many_calls_are_made_where_a_bench_knows_how() -> None:
    made: list[int] = []

    def run_calls(calls: int) -> dict[str, object]:
        made.append(calls)
        return {}

    bench = Bench(slug="sample", title="样例", run=lambda _: {}, run_calls=run_calls)
    measure(bench, _asked(["sample", "--calls", "7", "--json"]))
    assert made == [7]
    with pytest.raises(WordsUnclear, match="gateway"):
        run_bench(["gateway", "--calls", "7"])
