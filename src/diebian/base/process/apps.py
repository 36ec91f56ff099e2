from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "diebian.base.process"

    def ready(self) -> None:
        from diebian.kernel.benches import benches

        from . import jobs
        from .bench.command import BENCH
        from .running.waking import on_wake

        benches.register(BENCH)
        on_wake(jobs.enqueue)
