from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "diebian.base.process"
