"""What a case costs, from what its item says and what the person answered. Pure."""

from collections.abc import Mapping

from diebian.base.payments.public import Line
from diebian.scenes.services.items.facts import Charging
from diebian.scenes.services.items.situations import applies

PERCENT = 100
Answers = Mapping[str, str]


def owed(charging: Charging, answers: Answers) -> list[Line]:
    """The charges that apply, and behind them the largest of the reductions, below nought."""
    lines = [
        Line(one.label, one.fen, one.basis)
        for one in charging.charges
        if applies(one.when, answers)
    ]
    less = [one for one in charging.reductions if applies(one.when, answers)]
    if lines and less:
        best = max(less, key=lambda one: one.percent)
        fen = sum(one.fen for one in lines) * best.percent // PERCENT
        lines.append(Line(best.label, -fen, best.basis))
    return lines
