from django.apps import AppConfig


class LicencesConfig(AppConfig):
    name = "diebian.base.licences"

    def ready(self) -> None:
        # Imported here: models load before this call, not before this module.
        from diebian.base.directory.public import profile_sections

        from .type_loading import SECTION

        profile_sections.register(SECTION)
