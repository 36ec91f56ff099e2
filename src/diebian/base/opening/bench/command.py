"""`./diebian bench opening`: one table checked and released, and asked by the API."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench


def run(quick: bool) -> Mapping[str, object]:
    from .measure import QUICK, WHOLE, measure

    return measure(QUICK if quick else WHOLE)


BENCH = Bench(
    slug="opening",
    title="数据开放：一张表查过再写成三种文件，对照原样写出；接口取一页",
    run=run,
    needs_platform=True,
)
