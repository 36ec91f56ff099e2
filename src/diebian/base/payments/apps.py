from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "diebian.base.payments"

    def ready(self) -> None:
        from diebian.kernel.api_docs import operations
        from diebian.kernel.menu import MenuEntry, menu

        from .api_docs import operations_of_payments
        from .policy import keeps_accounts

        menu.register(MenuEntry("payments", "收款对账", "payments:account", keeps_accounts))
        for operation in operations_of_payments():
            operations.register(operation)
