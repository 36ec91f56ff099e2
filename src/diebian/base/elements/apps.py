from django.apps import AppConfig


class ElementsConfig(AppConfig):
    name = "diebian.base.elements"

    def ready(self) -> None:
        from diebian.base.directory.public import profile_sections
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .loading import SECTION
        from .policy import may_browse

        profile_sections.register(SECTION)
        menu.register(
            MenuEntry(
                is_desk=False,
                group=Group.DATA,
                slug="elements",
                title="数据元",
                url_name="elements:elements",
                is_for=may_browse,
            )
        )
