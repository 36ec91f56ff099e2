"""`./diebian bench [NAME] [--quick] [--json]`: measures against a limit in the same run."""

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from diebian.cloud.runtime.public import Installation
from diebian.kernel.benches import Bench, benches
from diebian.kernel.words import Words, WordsUnclear

from .parts import ROOT
from .up import serving

STOPPED = 130  # as a shell tells it


def run_bench(words: Sequence[str]) -> int:
    """Without a name it lists what there is. The last line of a bench is one line of JSON.

    1 where a bench has figures to reach and has not.
    """
    import django

    asked = _asked(words)
    django.setup()
    if asked.name is None:
        for bench in benches:
            _say(f"{bench.slug:10} {bench.title}")
        return 0
    bench = benches.get(asked.name)
    if asked.calls and bench.run_calls is None:
        raise WordsUnclear(f"{bench.slug} 没有 --calls")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped, it clears up after itself
    try:
        return _on_a_platform(list(words)) if bench.needs_platform else measure(bench, asked)
    except KeyboardInterrupt:
        _say_aside("已停止，什么也没有留下。")
        return STOPPED


def measure(bench: Bench, asked: argparse.Namespace) -> int:
    if asked.calls and bench.run_calls is not None:
        told = bench.run_calls(asked.calls)
    else:
        told = bench.run(asked.quick)
    if not asked.json:
        for name, value in _flat(told):
            _say(f"{name:28} {value}")
    _say(json.dumps(told, ensure_ascii=False))
    return 0 if told.get("digests_equal", True) and told.get("is_reached", True) else 1


def _on_a_platform(words: list[str]) -> int:
    """A platform of its own, in a folder that goes with it; the bench runs in its environment."""
    with TemporaryDirectory(prefix="diebian-bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as another account
        home = Installation(Path(folder) / "data")
        with serving(home, city=None, port=None, say=_say_aside) as (supervisor, _):
            environment = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
            done = subprocess.run(  # noqa: S603  our own program and words
                [sys.executable, "-m", "diebian.assembly.bench", *words],
                env={**os.environ, **environment, **supervisor.environment},
                check=False,
            )
    return done.returncode


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = Words("bench", "在同一次运行里量上限和我们")
    parser.add_argument("name", nargs="?", help="不写就列出有哪些")
    parser.add_argument("--quick", action="store_true", help="短的几轮，50 秒以内")
    parser.add_argument(
        "--calls", type=int, default=0, help="只这么多次调用，其余全部（published）"
    )
    parser.add_argument("--json", action="store_true", help="只要最后一行")
    return parser.parse_args(words)


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


def _say_aside(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def main() -> int:
    """Inside the platform that was started for it."""
    import django

    django.setup()
    asked = _asked(sys.argv[1:])
    return measure(benches.get(asked.name), asked)


if __name__ == "__main__":
    sys.exit(main())
