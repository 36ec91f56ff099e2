from django.apps import AppConfig


class OpeningConfig(AppConfig):
    name = "diebian.base.opening"

    def ready(self) -> None:
        from diebian.base.catalogue.public import Panel, offer_sources, panels, row_sources
        from diebian.base.lake.public import table_users
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .bench.command import BENCH
        from .offers import SOURCE
        from .open_rows import SOURCE as ROWS
        from .policy import has_desk
        from .selectors import tables_of, waits
        from .using import USER

        table_users.register(USER)
        benches.register(BENCH)
        panels.register(Panel("opening", "opening/panel.html", tables_of))
        offer_sources.register(SOURCE)
        row_sources.register(ROWS)
        menu.register(
            MenuEntry(
                group=Group.DATA,
                slug="opening",
                title="开放审核",
                url_name="opening:desk",
                is_for=has_desk,
                waits=waits,
                is_desk=False,
            )
        )
