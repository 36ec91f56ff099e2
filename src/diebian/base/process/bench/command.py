"""`./diebian bench cases`: a step of the engine, beside SpiffWorkflow on the same drawing."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import QUICK, WHOLE, measure

    with bench_folder() as folder:
        return measure(folder, QUICK if quick else WHOLE)


BENCH = Bench(slug="cases", title="流程引擎：一步多少毫秒，一秒多少件，待办多快打开", run=run)
