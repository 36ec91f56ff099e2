"""A demand for what government holds is refused, however it is written (国务院令第716号 第七条)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from diebian.scenes.services.refusals import HeldAlready, MaterialAlike, MaterialUnknown

from .likeness import alike, named, plain
from .models import Material
from .resolving import Resolved, resolve
from .standing import standing_of, subject_of

DEMANDS = re.compile(
    "提供|提交|上传|补交|交来|交到|补一份|带来|带上|请带|携带|出示|复印|原件|首页|拍照|照片|扫描"
    "|发来|发给|寄来|寄到|送来|到大厅|到窗口"
)


@dataclass(frozen=True)
class Register:
    """What one department may ask for at the moment, and what it may not."""

    answers: Mapping[str, Resolved]  # by code
    names: Mapping[str, str]  # every name and alias to its code
    called: Mapping[str, str] = field(default_factory=dict)  # code to name

    @property
    def held(self) -> dict[str, str]:
        return {name: code for name, code in self.names.items() if self.answers[code].is_held}

    @property
    def demandable(self) -> dict[str, str]:
        return {name: code for name, code in self.names.items() if not self.answers[code].is_held}

    def says(self, codes: Collection[str]) -> str:
        return "、".join(f"{self.called[code]}（{self.answers[code].reason}）" for code in codes)


def register_for(consumer: str, county: str, holder: str = "") -> Register:
    """`consumer`: credit code of the department that asks; `county`: of the person; `holder`: her
    key, so that a licence which she has not may be asked for.
    """
    rows = list(Material.objects.filter(retired_on=None).order_by("code"))
    about = {row.code: subject_of(row) for row in rows}
    standing = standing_of(about.values(), [consumer], holder=holder)
    return Register(
        answers={
            code: resolve(one, standing, consumer=consumer, county=county)
            for code, one in about.items()
        },
        names={name: row.code for row in rows for name in row.names},
        called={row.code: row.name for row in rows},
    )


def chosen_from(register: Register, chosen: Sequence[str]) -> list[str]:
    """By code, or as people call it. Refuses what is held, and what is not in the register."""
    codes = []
    for one in filter(None, (word.strip() for word in chosen)):
        code = one if one in register.answers else register.names.get(one)
        if code is None:
            raise MaterialUnknown(one)
        codes.append(code)
    if held := [code for code in codes if register.answers[code].is_held]:
        raise HeldAlready(register.says(held))
    return list(dict.fromkeys(codes))


def refuse_demand(
    register: Register, words: str, own: Collection[str] = (), *, is_confirmed: bool
) -> list[str]:
    """A question about a held thing may be asked (为什么姓名不同); the thing itself may not.

    `own`: further names that are held, for this case. What is only like one that is held has to
    be confirmed to be another; answers the codes of those that were.
    """
    if not DEMANDS.search(plain(words)):
        return []
    mine = named(words, {name: name for name in own})
    held = named(words, register.held, _longer(register))
    if mine or held:
        told = [*_only(mine, held, register), register.says(held)]
        raise HeldAlready("、".join(filter(None, told)))
    near = alike(words, register.held, [*register.demandable])
    if near and not is_confirmed:
        raise MaterialAlike(register.says(near))
    return near


def _longer(register: Register) -> list[str]:
    """Papers that may be asked for although a held one is part of their name."""
    return [
        name for name in register.demandable
        if any(held != name and held in name for held in register.held)
    ]  # fmt: skip


def _only(mine: Sequence[str], held: Sequence[str], register: Register) -> list[str]:
    """Names of the case's own that the register does not say anyway."""
    told = {register.called[code] for code in held}
    return [name for name in mine if register.names.get(name) not in held and name not in told]
