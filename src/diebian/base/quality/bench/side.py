"""`python -m diebian.base.quality.bench.side`: collects BENCH_SOURCE, then checks it both ways."""

import json
import os
import sys
from pathlib import Path

import django


def main(file: Path) -> None:
    django.setup()
    from django.core.management import call_command

    from .rounds import rounds  # models load after the set-up only

    call_command("migrate", verbosity=0)
    told = rounds(os.environ["BENCH_SOURCE"], Path(os.environ["BENCH_SERVER"]))
    file.write_text(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
