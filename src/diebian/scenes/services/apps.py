from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "diebian.scenes.services"

    def ready(self) -> None:
        # Imported here because a plug-in may use components whose models load before this call.
        from . import plug
        from .applications import plug as applications
        from .citywide import plug as citywide
        from .crossregion import plug as crossregion
        from .face import plug as face
        from .items import plug as items
        from .ledger import plug as ledger
        from .limits import plug as limits
        from .materials import plug as materials
        from .paying import plug as paying
        from .ratings import plug as ratings
        from .systems import plug as systems
        from .themes import plug as themes
        from .window import plug as window

        for room in (
            materials,
            plug,
            citywide,
            crossregion,
            face,
            items,
            ledger,
            limits,
            paying,
            ratings,
            systems,
            themes,
            applications,
            window,
        ):
            room.plug()
