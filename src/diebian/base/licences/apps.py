from django.apps import AppConfig


class LicencesConfig(AppConfig):
    name = "diebian.base.licences"

    def ready(self) -> None:
        # Imported here: models load before this call, not before this module.
        from diebian.base.directory.public import profile_sections
        from diebian.base.lake.public import followers, table_users
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from . import table_loading, type_loading
        from .bench.command import BENCH
        from .following import FOLLOWER
        from .policy import may_browse_tables, may_desk
        from .using import USER

        benches.register(BENCH)
        followers.register(FOLLOWER)
        table_users.register(USER)
        profile_sections.register(type_loading.SECTION)
        profile_sections.register(table_loading.SECTION)
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.MINE,
                slug="licences",
                title="我的证照",
                url_name="licences:mine",
                is_for=lambda actor: actor.is_person,
            )
        )
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.ITEMS,
                slug="licence-desk",
                title="证照管理",
                url_name="licences:desk",
                is_for=may_desk,
            )
        )
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.DATA,
                slug="licence-tables",
                title="证照归集",
                url_name="licences:tables",
                is_for=may_browse_tables,
            )
        )
