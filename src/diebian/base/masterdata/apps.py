from django.apps import AppConfig


class MasterdataConfig(AppConfig):
    name = "diebian.base.masterdata"

    def ready(self) -> None:
        from diebian.base.catalogue.public import mount_ways
        from diebian.base.corrections.public import receivers
        from diebian.base.delivery.public import origins
        from diebian.base.directory.public import profile_sections
        from diebian.base.exchange.public import own_answers, request_panels
        from diebian.base.lake.public import followers, table_users
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .answering import ANSWERS
        from .bench.command import BENCH
        from .delivering import ORIGIN
        from .following import FOLLOWER
        from .loading import SECTION
        from .offering import WAYS
        from .panel import PANEL
        from .policy import may_browse
        from .receiving import RECEIVERS
        from .selectors import waits
        from .using import USER

        benches.register(BENCH)
        followers.register(FOLLOWER)
        table_users.register(USER)
        for way in WAYS:
            mount_ways.register(way)
        origins.register(ORIGIN)
        own_answers.register(ANSWERS)
        request_panels.register(PANEL)
        receivers.register(RECEIVERS)
        profile_sections.register(SECTION)
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.DATA,
                slug="masterdata",
                title="基础库",
                url_name="masterdata:bases",
                is_for=may_browse,
                waits=waits,
            )
        )
