from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "diebian.base.exchange"

    def ready(self) -> None:
        from diebian.kernel.benches import benches

        from .bench.command import BENCH

        benches.register(BENCH)
