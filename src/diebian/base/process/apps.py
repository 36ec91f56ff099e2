from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "diebian.base.process"

    def ready(self) -> None:
        from . import jobs
        from .running.waking import on_wake

        on_wake(jobs.enqueue)
