from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "diebian.base.process"

    def ready(self) -> None:
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import Group, MenuEntry, menu

        from . import jobs
        from .bench.command import BENCH
        from .console.policy import may_look, may_see_incidents
        from .running.waking import on_wake

        benches.register(BENCH)
        on_wake(jobs.enqueue)
        menu.register(
            MenuEntry("process", "流程", "process:processes", may_look, group=Group.ITEMS)
        )
        menu.register(
            MenuEntry("process-incidents", "走不下去的", "process:incidents",
                      lambda actor: may_see_incidents(actor) and not may_look(actor),
                      group=Group.ITEMS, is_desk=False)
        )  # fmt: skip
