from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "diebian.portal.open_data"
    label = "open_data"

    def ready(self) -> None:
        from diebian.kernel.api_docs import operations
        from diebian.kernel.menu import Group
        from diebian.portal.home.public import MenuEntry, SearchProvider, menu, search_providers

        from .api_docs import operations_of_open_data
        from .listing import hits

        for operation in operations_of_open_data():
            operations.register(operation)
        # Sorted by slug: whoever comes for a service finds that first.
        search_providers.register(SearchProvider(slug="z-open-data", find=hits))
        menu.register(
            MenuEntry(
                slug="open-data",
                title="开放数据",
                url_name="open-data:datasets",
                is_for=lambda _: True,
                is_public=True,
                group=Group.MORE,
                is_desk=False,
            )
        )
