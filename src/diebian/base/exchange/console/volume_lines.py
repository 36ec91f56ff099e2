"""授权的量: how much of each grant's volume is taken, for the console."""

from dataclasses import dataclass

from diebian.base.exchange.grants.terms import GrantTerms, terms_with_volume
from diebian.base.exchange.grants.volume import Volume
from diebian.base.exchange.metering.use_books import volumes_used
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post


@dataclass(frozen=True)
class VolumeLine:
    terms: GrantTerms
    volume: Volume
    taken: int

    @property
    def used(self) -> str:
        return self.volume.amount(self.taken)

    @property
    def left(self) -> str:
        return self.volume.amount(max(0, self.volume.most - self.taken))

    @property
    def when(self) -> str:
        return self.volume.when(clock.now())

    @property
    def percent(self) -> int:
        """Full only when nothing is left."""
        return min(100, 100 * self.taken // self.volume.most)


def volume_line(terms: GrantTerms) -> VolumeLine | None:
    if terms.volume is None:
        return None
    return VolumeLine(terms, terms.volume, volumes_used([terms]).get(terms.grant, 0))


def volume_lines(by: Actor) -> list[VolumeLine]:
    """Of grants in force that the reader is a side of, the fullest first; the authority: all."""
    found = terms_with_volume("" if by.holds(Post.AUTHORITY) else by.department)
    used = volumes_used(found)
    lines = [VolumeLine(one, one.volume, used.get(one.grant, 0)) for one in found if one.volume]
    return sorted(lines, key=lambda line: -line.percent)
