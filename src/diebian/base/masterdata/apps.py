from django.apps import AppConfig


class MasterdataConfig(AppConfig):
    name = "diebian.base.masterdata"

    def ready(self) -> None:
        from diebian.base.directory.public import profile_sections
        from diebian.base.lake.public import followers, table_users
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .bench.command import BENCH
        from .following import FOLLOWER
        from .loading import SECTION
        from .policy import may_browse
        from .selectors import waiting_count
        from .using import USER

        benches.register(BENCH)
        followers.register(FOLLOWER)
        table_users.register(USER)
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
