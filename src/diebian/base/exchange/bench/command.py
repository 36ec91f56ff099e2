"""`./diebian bench gateway`: what token, grant, rate and metering cost, against Envoy alone."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench, bench_folder


def run(quick: bool) -> Mapping[str, object]:
    from .session import QUICK, WHOLE, measure

    with bench_folder() as folder:
        return measure(folder, QUICK if quick else WHOLE)


BENCH = Bench(slug="gateway", title="共享网关：令牌、授权、限流、计量的代价", run=run)
