"""`./diebian bench masterdata`: a population base from three sources whose truth is known."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import QUICK, WHOLE, measure

    with bench_folder() as folder:
        return measure(folder, QUICK if quick else WHOLE)


BENCH = Bench(slug="masterdata", title="基础库：三个来源、已知真相，对照 PostgreSQL", run=run)
