"""`./diebian bench spark`: the same expressions on Spark, with the answers that DuckDB gives."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from diebian.base.lake.spark import spark_ready

    from .session import measure

    spark_ready()
    with bench_folder() as folder:
        return measure(folder, is_quick=quick)


BENCH = Bench(slug="spark", title="换一个引擎：Spark 读湖里的文件，答案和 DuckDB 的一样", run=run)
