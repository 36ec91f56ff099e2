"""`./diebian bench quality`: all rules over a thousand lake tables, against PostgreSQL."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import measure

    with bench_folder() as folder:
        return measure(folder, is_quick=quick)


BENCH = Bench(slug="quality", title="数据质量：很多张表按规则查一遍，对照 PostgreSQL", run=run)
