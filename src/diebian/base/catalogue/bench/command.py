"""`./diebian bench catalogue`: search, taking in and dumping at the published scale."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench


def run(quick: bool) -> Mapping[str, object]:
    from .measure import QUICK, WHOLE, measure

    return measure(QUICK if quick else WHOLE)


BENCH = Bench(
    slug="catalogue",
    title="数据目录：7,462 条的检索、载入和 DCAT 导出",
    run=run,
    needs_platform=True,
)
