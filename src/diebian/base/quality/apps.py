from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "diebian.base.quality"

    def ready(self) -> None:
        from diebian.base.catalogue.public import health_sources, panels
        from diebian.base.directory.public import profile_sections
        from diebian.base.lake.public import followers, scale_works, table_users
        from diebian.base.opening.public import quality_sources
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .bench.command import BENCH, WORK
        from .following import FOLLOWER
        from .health import PANEL, SOURCES
        from .loading import SECTION
        from .opened import SOURCE
        from .order_selectors import waits
        from .policy import may_browse
        from .using import USER

        table_users.register(USER)
        benches.register(BENCH)
        scale_works.register(WORK)
        for source in SOURCES:
            health_sources.register(source)
        panels.register(PANEL)
        followers.register(FOLLOWER)
        quality_sources.register(SOURCE)
        profile_sections.register(SECTION)
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.DATA,
                slug="quality",
                title="数据质量",
                url_name="quality:tables",
                is_for=may_browse,
                waits=waits,
            )
        )
