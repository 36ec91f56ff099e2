"""`./diebian bench gateway`: what token, grant, rate and metering cost, against Envoy alone."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from diebian.kernel.benches import Bench


def run(quick: bool) -> Mapping[str, object]:
    from .session import QUICK, WHOLE, measure

    folder = Path(mkdtemp(prefix="diebian-bench-"))
    folder.chmod(0o755)  # PostgreSQL may run as another account
    try:
        return measure(folder, QUICK if quick else WHOLE)
    finally:
        shutil.rmtree(folder)


BENCH = Bench(slug="gateway", title="共享网关：令牌、授权、限流、计量的代价", run=run)
