from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "diebian.base.delivery"

    def ready(self) -> None:
        # Imported here: models load before this call, not before this module.
        from diebian.base.catalogue.public import health_sources, mount_ways, row_sources

        from .health import FRESH
        from .mounting import FILE, TABLE
        from .rows import TABLES

        mount_ways.register(TABLE)
        mount_ways.register(FILE)
        health_sources.register(FRESH)
        row_sources.register(TABLES)
