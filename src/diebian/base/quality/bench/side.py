"""`python -m diebian.base.quality.bench.side`: collects BENCH_SOURCE, then checks it both ways."""

import json
import os
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from .rounds import rounds  # models load after the set-up only

    call_command("migrate", verbosity=0)
    told = rounds(os.environ["BENCH_SOURCE"], Path(os.environ["BENCH_SERVER"]))
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
