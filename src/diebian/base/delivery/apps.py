from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "diebian.base.delivery"

    def ready(self) -> None:
        # Imported here: models load before this call, not before this module.
        from diebian.base.catalogue.public import health_sources, mount_ways
        from diebian.base.exchange.public import request_panels, use_books
        from diebian.base.lake.public import table_users
        from diebian.kernel.api_docs import operations
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .api_docs import operations_of_delivery
        from .bench.command import BENCH
        from .bench.published.command import BENCH as PUBLISHED
        from .collected import ORIGIN
        from .health import FRESH
        from .mounting import FILE, TABLE
        from .origins import origins
        from .panel import PANEL
        from .policy import may_browse
        from .used import BOOK
        from .using import USER

        table_users.register(USER)
        origins.register(ORIGIN)
        benches.register(BENCH)
        benches.register(PUBLISHED)
        mount_ways.register(TABLE)
        mount_ways.register(FILE)
        health_sources.register(FRESH)
        request_panels.register(PANEL)
        use_books.register(BOOK)
        for operation in operations_of_delivery():
            operations.register(operation)
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.DATA,
                slug="delivery",
                title="库表交付",
                url_name="delivery:deliveries",
                is_for=may_browse,
            )
        )
