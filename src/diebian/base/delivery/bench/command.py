"""`./diebian bench deliver`: a granted table into a consumer's database, against raw COPY."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .measure import QUICK, WHOLE, measure

    with bench_folder() as folder:
        return measure(folder, QUICK if quick else WHOLE)


BENCH = Bench(slug="deliver", title="库表交付：第一次送全部，以后送变化，对照原样 COPY", run=run)
