"""What the pages of the portal show, gathered from those who registered it."""

from dataclasses import dataclass
from datetime import date

from diebian.base.directory.public import counties
from diebian.brain.indicators.public import (
    CountyLine,
    Indicator,
    Shared,
    county_lines,
    indicators,
    total,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from .public import Count, Hit, Panel, Topic, counts, home_panels, phrases, search_providers, topics

TOPICS_SHOWN = 9
PHRASES_SHOWN = 6
COUNTS_SHOWN = 3


@dataclass(frozen=True)
class Piece:
    """A run of a title; `is_hit` where it is what the person typed."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Found:
    hit: Hit
    title: list[Piece]


def search(words: str) -> list[Found]:
    hits = [hit for provider in search_providers for hit in provider.find(words)]
    return [Found(hit, marked(hit.title, words)) for hit in hits]


def marked(title: str, words: str) -> list[Piece]:
    """The title in runs: a character is a hit when it and a neighbour stand together in `words`."""
    asked, low = "".join(words.split()).lower(), title.lower()
    hit = [False] * len(title)
    for place in range(len(title) - 1):
        if low[place : place + 2] in asked:
            hit[place] = hit[place + 1] = True
    pieces: list[Piece] = []
    for character, is_hit in zip(title, hit, strict=True):
        if pieces and pieces[-1].is_hit == is_hit:
            pieces[-1] = Piece(pieces[-1].text + character, is_hit)
        else:
            pieces.append(Piece(character, is_hit))
    return pieces


def panel_of(actor: Actor) -> Panel | None:
    """The first thing that somebody has to tell this actor."""
    told = (provider.panel(actor) for provider in home_panels)
    return next((panel for panel in told if panel is not None), None)


def counts_of(actor: Actor) -> list[Count]:
    told = (provider.count(actor) for provider in counts)
    return [count for count in told if count is not None][:COUNTS_SHOWN]


def shown_topics() -> list[Topic]:
    return [topic for provider in topics for topic in provider.topics()][:TOPICS_SHOWN]


def shown_phrases() -> list[str]:
    said = dict.fromkeys(phrase for provider in phrases for phrase in provider.phrases())
    return list(said)[:PHRASES_SHOWN]


def public_figures() -> list[tuple[Indicator, str]]:
    """Figures that anybody may see, with their values; those with nothing to count are left out."""
    return _public_figures.told()


def _read_figures(today: date) -> list[tuple[Indicator, str]]:
    read = [(one, one.rows(today).tally()) for one in indicators.in_order() if one.is_public]
    return [(one, one.shown(tally)) for one, tally in read if one.number(tally) is not None]


_public_figures = Shared(_read_figures)


def public_figure(slug: str) -> Indicator:
    one = indicators.get(slug)
    if not one.is_public:
        raise NotFound
    return one


@dataclass(frozen=True)
class PublicFigure:
    """A figure as everybody may see it: its counties add up to it, and no case is shown."""

    figure: Indicator
    lines: list[CountyLine]

    @property
    def whole(self) -> CountyLine:
        tally = total(line.tally for line in self.lines)
        return CountyLine("全市", tally, self.figure.shown(tally))


def opened(figure: Indicator) -> PublicFigure:
    return PublicFigure(figure, county_lines(figure, clock.today(), names=counties()))
