from django.apps import AppConfig


class ComparisonConfig(AppConfig):
    name = "diebian.base.comparison"
