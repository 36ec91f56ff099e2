from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "diebian.scenes.supervision"

    def ready(self) -> None:
        # Imported here because a plug-in may use components whose models load before this call.
        from diebian.base.directory.public import profile_sections
        from diebian.brain.indicators.public import acts, indicators
        from diebian.kernel.menu import Group
        from diebian.portal.home.public import MenuEntry, SceneManifest, menu, scenes

        from .figures import FIGURES, TASK
        from .loading import SECTION
        from .policy import has_desk

        scenes.register(
            SceneManifest(
                slug="supervision",
                title="督查督办",
                summary="交办的事有人管、有期限、有佐证，督查核实才销号",
                owner="督查机构",
            )
        )
        profile_sections.register(SECTION)
        menu.register(
            MenuEntry(
                "supervision",
                "督查督办",
                "supervision:tasks",
                has_desk,
                group=Group.OVERSIGHT,
                is_desk=False,
            )
        )
        acts.register(TASK)
        for figure in FIGURES:
            indicators.register(figure)
