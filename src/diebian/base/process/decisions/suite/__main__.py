"""python -m diebian.base.process.decisions.suite [--strict] <dmn-tck>/TestCases

With --strict as the product asks: a mistake is an incident there, counted as refused.
"""

import sys
from collections import Counter
from pathlib import Path

from diebian.base.process.expressions.scope import Semantics

from .judging import Judged, Verdict, counted, judged

MOST_REASONS = 12


def main(folder: str, semantics: Semantics) -> int:
    write = sys.stdout.write
    told = list(judged(Path(folder), semantics))
    for level, counts in counted(told).items():
        parts = ", ".join(f"{counts[one]} {one}" for one in Verdict)
        write(f"{level}: {counts.total()} results: {parts}\n")
        write(_refusals([one for one in told if one.level == level]))
    wrong = [one for one in told if one.verdict is Verdict.WRONG]
    for one in wrong:
        write(f"WRONG {one.folder} {one.case.key} {one.case.node}: {one.says}\n")
    return 1 if any(not one.level.startswith("non-") for one in wrong) else 0


def _refusals(told: list[Judged]) -> str:
    reasons = Counter(one.says[:70] for one in told if one.verdict is Verdict.REFUSED)
    return "".join(f"    {count:5} {why}\n" for why, count in reasons.most_common(MOST_REASONS))


if __name__ == "__main__":
    told = [one for one in sys.argv[1:] if one != "--strict"]
    if len(told) != 1:
        sys.exit(__doc__)
    sys.exit(main(told[0], Semantics.STRICT if "--strict" in sys.argv else Semantics.STANDARD))
