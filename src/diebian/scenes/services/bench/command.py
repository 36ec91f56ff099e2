"""What `./diebian bench` lists of this scene; the measuring is loaded when it is asked for."""

from collections.abc import Mapping

from diebian.kernel.benches import Bench


def _journey(quick: bool) -> Mapping[str, object]:
    from .journey import run  # plays a browser: slow to load, not for every process

    return run(quick)


def _themes(quick: bool) -> Mapping[str, object]:
    from .themes import run

    return run(quick)


def _pages(quick: bool) -> Mapping[str, object]:
    from .pages import run

    return run(quick)


def _limits(quick: bool) -> Mapping[str, object]:
    from .limits import run

    return run(quick)


JOURNEY = Bench(
    slug="journey", title="一件办件：提交到受理，页面打开", run=_journey, needs_platform=True
)
THEMES = Bench(
    slug="themes",
    title="一件事：公布的全部重编一遍，只读流程图作比",
    run=_themes,
    needs_platform=True,
)
PAGES = Bench(
    slug="pages",
    title="慢手机上的每一页：正常版和长辈版，处理器放慢四倍",
    run=_pages,
    needs_platform=True,
)
LIMITS = Bench(
    slug="limits",
    title="办件时限：六万件在办，挂牌页多快打开，一轮提醒多久",
    run=_limits,
    needs_platform=True,
)
