from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "diebian.base.lake"

    def ready(self) -> None:
        from diebian.kernel.benches import benches
        from diebian.kernel.menu import MenuEntry, menu

        from .bench.command import BENCH
        from .policy import may_browse

        benches.register(BENCH)
        menu.register(
            MenuEntry(
                is_desk=False,
                slug="lake",
                title="数据归集",
                url_name="lake:collections",
                is_for=may_browse,
            )
        )
