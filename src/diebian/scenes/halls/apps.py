from django.apps import AppConfig


class HallsConfig(AppConfig):
    name = "diebian.scenes.halls"

    def ready(self) -> None:
        # Imported here because a plug-in may use components whose models load before this call.
        from .plug import plug

        plug()
