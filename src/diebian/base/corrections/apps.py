from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "diebian.base.corrections"

    def ready(self) -> None:
        from diebian.base.disputes.public import disputables
        from diebian.base.exchange.public import resource_panels
        from diebian.kernel.api_docs import operations
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .api_docs import operations_of_corrections
        from .disputing import DISPUTABLE
        from .panel import PANEL
        from .policy import has_desk

        disputables.register(DISPUTABLE)
        resource_panels.register(PANEL)
        for operation in operations_of_corrections():
            operations.register(operation)
        entry = MenuEntry(
            slug="corrections",
            title="校核",
            url_name="corrections:corrections",
            is_for=has_desk,
            group=Group.DATA,
        )
        menu.register(entry)
