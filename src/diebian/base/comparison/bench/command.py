"""`./diebian bench compare`: 300,000 persons against 2.3 million, beside PostgreSQL's own plan."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import QUICK, WHOLE, measure

    with bench_folder() as folder:
        return measure(folder, QUICK if quick else WHOLE)


BENCH = Bench(slug="compare", title="批量比对：三十万人对二百三十万人，对照 PostgreSQL", run=run)
