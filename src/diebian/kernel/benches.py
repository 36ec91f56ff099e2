"""Benches: what is measured against a limit in the same run, for `./diebian bench NAME`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .registry import Registry


@dataclass(frozen=True)
class Bench:
    slug: str
    title: str
    run: Callable[[bool], Mapping[str, object]]  # takes --quick; gives the contract of docs/cli.md
    needs_platform: bool = False  # then one is started for it alone, in a folder that goes with it


benches = Registry[Bench]("bench")
