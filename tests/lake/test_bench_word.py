"""What `./diebian bench` ends with."""

import json
from argparse import Namespace

import pytest

from diebian.assembly.bench import measure
from diebian.kernel.benches import Bench


@pytest.mark.parametrize(("told", "code"), [({"digests_equal": False}, 1), ({"lost": 0}, 0)])
def test_answers_that_differ_end_a_bench_with_an_error(
    told: dict[str, object], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Namespace(quick=True, json=True)
    assert measure(Bench(slug="x", title="样例", run=lambda _: told), asked) == code
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == told
