"""What a check found, as data that can be kept and as words for whoever decides."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from diebian.standards.opening import MOST_LEFT_OUT


@dataclass(frozen=True)
class Advice:
    """`below`: rows that would still be in too small a group."""

    says: str
    below: int


@dataclass(frozen=True)
class Finding:
    snapshot: int
    k: int
    rows: int
    groups: int
    smallest: int  # rows in the smallest group
    below: int  # rows in groups of fewer than k
    sizes: Sequence[tuple[int, int]]  # size of a group, how many such groups; the smallest first
    same: Sequence[
        tuple[str, int]
    ]  # a column not known to others, groups whose rows say all the same
    together_with: Sequence[str]  # open data of the same table whose columns were counted in
    advice: Sequence[Advice]
    leaves_out: bool
    is_good: bool
    says: str


def finding_in(told: Mapping[str, Any]) -> Finding:
    """What `asdict` made of it, back from JSON."""
    advice = [Advice(**one) for one in told["advice"]]
    pairs = {name: [(one, count) for one, count in told[name]] for name in ("sizes", "same")}
    return Finding(**{**told, "advice": advice, **pairs})


def as_data(finding: Finding) -> dict[str, Any]:
    return asdict(finding)


def in_words(found: Finding) -> str:
    share = f"{found.below / found.rows:.1%}"
    if not found.below:
        return (f"共 {found.rows} 行，按这些列合起来分成 {found.groups} 组，"
                f"最小的一组 {found.smallest} 行，不少于 {found.k} 行，可以开放。")  # fmt: skip
    told = (f"共 {found.rows} 行，分成 {found.groups} 组；有 {found.below} 行（{share}）所在的组"
            f"少于 {found.k} 行，最小的只有 {found.smallest} 行，可能认出是谁。")  # fmt: skip
    if found.is_good:
        return f"{told}开放时略去这些行，公开页上会写明略去多少。"
    if found.leaves_out:
        return f"{told}要略去的超过 {MOST_LEFT_OUT:.0%}，剩下的不能代表全部，请先改得粗一些。"
    return f"{told}请改得粗一些，或选择略去这些行。"
