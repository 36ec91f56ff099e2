"""`./diebian bench compare`: 300,000 persons against 2.3 million, beside PostgreSQL's own plan."""

from collections.abc import Iterable, Mapping, Sequence

from diebian.base.lake.public import ScaleEngine, ScaleWork
from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import QUICK, WHOLE, measure

    with bench_folder() as folder:
        return measure(folder, QUICK if quick else WHOLE)


BENCH = Bench(slug="compare", title="批量比对：三十万人对二百三十万人，对照 PostgreSQL", run=run)


# The same rows for an engine of another kind: `./diebian bench spark`.


def prepare(url: str, is_quick: bool) -> Sequence[str]:
    from .scale import prepare as made

    return made(url, is_quick)


def answers(engine: ScaleEngine) -> Iterable[tuple[object, ...]]:
    from .scale import answers as told

    return told(engine)


WORK = ScaleWork(slug="comparison", title="批量比对", prepare=prepare, answers=answers)
