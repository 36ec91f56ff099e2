from django.apps import AppConfig


class ComparisonConfig(AppConfig):
    name = "diebian.base.comparison"

    def ready(self) -> None:
        # Imported here: models load before this call, not before this module.
        from diebian.base.corrections.public import receivers
        from diebian.base.exchange.public import request_panels
        from diebian.base.lake.public import scale_works, table_users
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .bench.command import BENCH, WORK
        from .panel import PANEL
        from .policy import may_browse
        from .receiving import RECEIVERS
        from .using import USER

        table_users.register(USER)
        benches.register(BENCH)
        scale_works.register(WORK)
        request_panels.register(PANEL)
        receivers.register(RECEIVERS)
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.DATA,
                slug="comparison",
                title="数据比对",
                url_name="comparison:comparisons",
                is_for=may_browse,
            )
        )
