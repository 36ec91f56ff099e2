"""`./diebian bench quality`: all rules over a thousand lake tables, against PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence

from diebian.base.lake.public import ScaleEngine, ScaleWork
from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import measure

    with bench_folder() as folder:
        return measure(folder, is_quick=quick)


BENCH = Bench(slug="quality", title="数据质量：很多张表按规则查一遍，对照 PostgreSQL", run=run)


# The same rows for an engine of another kind: `./diebian bench spark`.


def prepare(url: str, is_quick: bool) -> Sequence[str]:
    from .scale import prepare as made

    return made(url, is_quick)


def answers(engine: ScaleEngine) -> Iterable[tuple[object, ...]]:
    from .scale import answers as told

    return told(engine)


WORK = ScaleWork(slug="quality", title="数据质量规则", prepare=prepare, answers=answers)
