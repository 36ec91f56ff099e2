from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "diebian.base.papers"

    def ready(self) -> None:
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .policy import has_papers

        entry = MenuEntry(
            "my-papers", "我的材料", "papers:mine", has_papers, group=Group.MINE, is_desk=False
        )
        menu.register(entry)
