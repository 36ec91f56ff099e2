from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "diebian.base.exchange"

    def ready(self) -> None:
        from diebian.kernel.benches import benches

        from .bench.command import BENCH

        benches.register(BENCH)
        # Imported here: models load before this call, not before this module.
        from diebian.base.catalogue.public import (
            Kind,
            MountWay,
            health_sources,
            mount_ways,
            panels,
            users,
        )
        from diebian.base.disputes.public import disputables
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .adapters.probing import probe
        from .grants.users import USERS
        from .interfaces.health import AGREED, SOURCE
        from .policy import has_desk
        from .requests.disputing import DISPUTABLES
        from .requests.panel import PANEL

        panels.register(PANEL)
        for disputable in DISPUTABLES:
            disputables.register(disputable)
        health_sources.register(SOURCE)
        mount_ways.register(MountWay(Kind.INTERFACE, "挂载接口", "exchange:mount", probe))
        users.register(USERS)
        health_sources.register(AGREED)
        menu.register(
            MenuEntry(
                slug="exchange",
                title="数据共享",
                url_name="exchange:inbox",
                is_for=has_desk,
                group=Group.DATA,
            )
        )
