from django.apps import AppConfig


class ComparisonConfig(AppConfig):
    name = "diebian.base.comparison"

    def ready(self) -> None:
        from diebian.kernel.benches import benches

        from .bench.command import BENCH

        benches.register(BENCH)
