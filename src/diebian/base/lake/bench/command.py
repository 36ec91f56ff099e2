"""`./diebian bench collect`: rows into lake tables, against raw COPY of the same rows."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import measure
    from .source import QUICK, WHOLE

    with bench_folder() as folder:
        return measure(folder, QUICK if quick else WHOLE)


BENCH = Bench(slug="collect", title="数据归集：很多张表进湖，对照原样 COPY", run=run)
