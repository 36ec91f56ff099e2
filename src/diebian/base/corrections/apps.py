from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "diebian.base.corrections"

    def ready(self) -> None:
        from diebian.base.disputes.public import disputables
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .disputing import DISPUTABLE
        from .policy import has_desk

        disputables.register(DISPUTABLE)
        entry = MenuEntry(
            slug="corrections",
            title="校核",
            url_name="corrections:corrections",
            is_for=has_desk,
            group=Group.DATA,
        )
        menu.register(entry)
