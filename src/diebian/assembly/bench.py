"""`./diebian bench [NAME] [--quick] [--json]`: measures against a limit in the same run."""

import argparse
import json
from collections.abc import Mapping, Sequence

from diebian.kernel.benches import benches


def run_bench(words: Sequence[str]) -> int:
    """Without a name it lists what there is. The last line of a bench is one line of JSON."""
    import django

    parser = argparse.ArgumentParser(prog="diebian bench")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--quick", action="store_true", help="short rounds, under 50 s")
    parser.add_argument("--json", action="store_true", help="the last line only")
    asked = parser.parse_args(words)
    django.setup()
    if asked.name is None:
        for bench in benches:
            _say(f"{bench.slug:10} {bench.title}")
        return 0
    told = benches.get(asked.name).run(asked.quick)
    if not asked.json:
        for name, value in _flat(told):
            _say(f"{name:28} {value}")
    _say(json.dumps(told, ensure_ascii=False))
    return 0


def _flat(told: Mapping[str, object]) -> list[tuple[str, object]]:
    lines: list[tuple[str, object]] = []
    for name, value in told.items():
        if isinstance(value, Mapping):
            lines += [(f"{name}.{key}", inner) for key, inner in _flat(value)]
        else:
            lines.append((name, value))
    return lines


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
