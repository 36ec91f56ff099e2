"""`./diebian bench published`: the published figures, reached by doing the work."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import measure

    with bench_folder() as folder:
        return measure(folder, is_quick=quick)


def run_calls(calls: int) -> Mapping[str, object]:
    from .session import measure

    with bench_folder() as folder:
        return measure(folder, is_quick=False, calls=calls)


BENCH = Bench(
    slug="published",
    title="公布过的数字：目录、挂载、归集、调用全部做一遍，再数一遍",
    run=run,
    run_calls=run_calls,
)
