"""Whatever is built of sequences, forks and choices comes to its end, in whatever order it is done;
and whatever is sent as a drawing is read or refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diebian.base.process.definitions.reading import read
from diebian.base.process.definitions.selectors import drawing_of
from diebian.base.process.running.models import Case, Incident, Token
from diebian.kernel.errors import DiebianError

from .drawn import Flow, choice, drawing, end, flows, fork, start, user
from .people import THIN, do, opened, outcome, tasks

Block = str | tuple[str, list["Block"]]
BLOCKS: st.SearchStrategy[Block] = st.recursive(
    st.just("task"),
    lambda inner: st.tuples(
        st.sampled_from(["sequence", "fork", "choice"]), st.lists(inner, min_size=2, max_size=3)
    ),
    max_leaves=8,
)
_keys = count(1)


@dataclass
class Drawn:
    parts: list[str] = field(default_factory=list)
    ways: list[Flow] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def block(self, told: Block, before: str, said: str = "") -> str:
        """Where it ends."""
        if isinstance(told, str):
            return self.after(before, f"t{next(self.numbers)}", user, said)
        kind, inner = told
        if kind == "sequence":
            for place, one in enumerate(inner):
                before = self.block(one, before, "" if place else said)
            return before
        if kind == "fork":
            split = self.after(before, f"f{next(self.numbers)}", fork, said)
            ends = [self.block(one, split) for one in inner]
            join = f"j{next(self.numbers)}"
            self.parts.append(fork(join))
            self.ways += [(one, join) for one in ends]
            return join
        return self.choice(inner, before, said)

    def choice(self, inner: list[Block], before: str, said: str) -> str:
        key = f"c{next(self.numbers)}"
        self.parts.append(user(key, ",".join(f"o{place}" for place in range(len(inner)))))
        self.ways.append((before, key, said) if said else (before, key))
        way, meeting = f"g{key}", f"m{key}"
        self.parts += [choice(way), choice(meeting)]
        self.ways.append((key, way))
        for place, one in enumerate(inner):
            last = self.block(one, way, f'decision.{key} = "o{place}"')
            self.ways.append((last, meeting))
        return meeting

    def after(self, before: str, key: str, made: Callable[[str], str], said: str) -> str:
        self.parts.append(made(key))
        self.ways.append((before, key, said) if said else (before, key))
        return key


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=BLOCKS, data=st.data())
def test_whatever_nests_comes_to_its_end(told: Block, data: st.DataObject) -> None:
    drawn = Drawn()
    last = drawn.block(told, "start")
    file = drawing("any", start(), *drawn.parts, end(), flows(*drawn.ways, (last, "end")))
    case = opened(file, key=f"any-{next(_keys)}")
    nodes = drawing_of(Case.objects.get(pk=case).version_id).nodes
    while waiting := sorted(tasks(case)):
        element = data.draw(st.sampled_from(waiting))
        do(case, element, data.draw(st.sampled_from(nodes[element].outcomes)))
    assert outcome(case) == "done"
    assert not Token.objects.filter(case_id=case).exists()
    assert not Incident.objects.filter(case_id=case).exists()


@settings(max_examples=150)
@given(st.data())
def test_whatever_is_sent_is_read_or_refused(data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(THIN)))
    length = data.draw(st.integers(0, 40))
    instead = data.draw(st.sampled_from([b"", b"<", b'"', b"review", b"&#1;", b"\xff", b"/>"]))
    try:
        read(THIN[:begin] + instead + THIN[begin + length :])
    except DiebianError as error:
        assert error.told  # noqa: PT017  either is right
