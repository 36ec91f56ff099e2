"""What the cases themselves put into the platform; each room has its own `plug`."""

from diebian.base.directory.public import profile_sections
from diebian.base.mandates.public import shelves
from diebian.base.messages.public import subscriptions
from diebian.brain.indicators.public import acts, concerns, indicators
from diebian.kernel.benches import benches
from diebian.portal.home.public import (
    SceneManifest,
    counts,
    home_panels,
    menu,
    phrases,
    scenes,
    search_providers,
    topics,
    ways,
)

from .bench.command import JOURNEY, LIMITS, PAGES, THEMES
from .figure_acts import CASE
from .figure_concerns import CONCERNS
from .figures import FIGURES
from .hearing import CASES_ARE_RECHECKED
from .items.desk import touches
from .loading import SECTION
from .matters import SHELF
from .messages import APPLICANT_IS_TOLD
from .signs import COUNTS, FAMILY, MENU, PANEL, PHRASES, PROVIDER, TOPICS
from .touching import CASES

SCENE = SceneManifest(
    slug="services", title="政务服务", summary="一张填好的表，一份材料也不用交", owner="各部门"
)


def plug() -> None:
    scenes.register(SCENE)
    profile_sections.register(SECTION)
    shelves.register(SHELF)
    touches.register(CASES)
    search_providers.register(PROVIDER)
    home_panels.register(PANEL)
    topics.register(TOPICS)
    ways.register(FAMILY)
    phrases.register(PHRASES)
    for count in COUNTS:
        counts.register(count)
    for entry in MENU:
        menu.register(entry)
    for bench in (JOURNEY, LIMITS, PAGES, THEMES):
        benches.register(bench)
    subscriptions.register(APPLICANT_IS_TOLD)
    subscriptions.register(CASES_ARE_RECHECKED)
    for figure in FIGURES:
        indicators.register(figure)
    acts.register(CASE)
    for source in CONCERNS:
        concerns.register(source)
