"""`./diebian bench quality`: all rules over a thousand lake tables, against PostgreSQL."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from diebian.kernel.benches import Bench


def run(quick: bool) -> Mapping[str, object]:
    from .session import measure

    folder = Path(mkdtemp(prefix="diebian-bench-"))
    folder.chmod(0o755)  # PostgreSQL may run as another account
    try:
        return measure(folder, is_quick=quick)
    finally:
        shutil.rmtree(folder)


BENCH = Bench(slug="quality", title="数据质量：很多张表按规则查一遍，对照 PostgreSQL", run=run)
