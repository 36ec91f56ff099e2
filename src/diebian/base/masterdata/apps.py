from django.apps import AppConfig


class MasterdataConfig(AppConfig):
    name = "diebian.base.masterdata"

    def ready(self) -> None:
        from diebian.base.catalogue.public import mount_ways
        from diebian.base.directory.public import profile_sections
        from diebian.base.exchange.public import own_answers, request_panels
        from diebian.base.lake.public import followers, table_users
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .answering import ANSWERS
        from .bench.command import BENCH
        from .following import FOLLOWER
        from .loading import SECTION
        from .offering import WAY
        from .panel import PANEL
        from .policy import may_browse
        from .selectors import waiting_count
        from .using import USER

        benches.register(BENCH)
        followers.register(FOLLOWER)
        table_users.register(USER)
        mount_ways.register(WAY)
        own_answers.register(ANSWERS)
        request_panels.register(PANEL)
        profile_sections.register(SECTION)
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.DATA,
                slug="masterdata",
                title="基础库",
                url_name="masterdata:bases",
                is_for=may_browse,
                badge=waiting_count,
            )
        )
