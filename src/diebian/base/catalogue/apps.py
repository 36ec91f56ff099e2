from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "diebian.base.catalogue"

    def ready(self) -> None:
        # Imported here: models load before this call, not before this module.
        from diebian.base.directory.public import profile_sections
        from diebian.base.elements.public import element_users
        from diebian.kernel.api_docs import operations
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .api_docs import operations_of_catalogue
        from .bench.command import BENCH
        from .element_names import USER
        from .policy import may_browse
        from .stock.loading import SECTION

        profile_sections.register(SECTION)
        benches.register(BENCH)
        element_users.register(USER)
        for operation in operations_of_catalogue():
            operations.register(operation)
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.DATA,
                slug="catalogue",
                title="数据目录",
                url_name="catalogue:entries",
                is_for=may_browse,
            )
        )
