"""`./diebian bench licences`: as many licences as the city has collected, registered."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import QUICK, WHOLE, measure

    with bench_folder() as folder:
        return measure(folder, QUICK if quick else WHOLE)


BENCH = Bench(slug="licences", title="电子证照：归集的行登记成证照，对照原样写入同样的行", run=run)
