from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "diebian.brain.indicators"

    def ready(self) -> None:
        # Imported here: the exchange's models load before this call, not before this module.
        from .acts import acts
        from .call_figures import CALL, FIGURES
        from .figures import indicators

        acts.register(CALL)
        for figure in FIGURES:
            indicators.register(figure)
