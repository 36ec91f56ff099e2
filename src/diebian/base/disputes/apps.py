from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "diebian.base.disputes"
