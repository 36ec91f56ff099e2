from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "diebian.base.papers"

    def ready(self) -> None:
        from diebian.kernel.menu import MenuEntry, menu

        from .policy import has_papers

        menu.register(MenuEntry("my-papers", "我的材料", "papers:mine", has_papers, is_desk=False))
