from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "diebian.scenes.services"

    def ready(self) -> None:
        # Imported here because a plug-in may use components whose models load before this call.
        from diebian.base.directory.public import profile_sections
        from diebian.base.messages.public import subscriptions
        from diebian.base.process.public import services
        from diebian.brain.indicators.public import acts, concerns, indicators
        from diebian.kernel.benches import benches
        from diebian.portal.home.public import (
            SceneManifest,
            counts,
            home_panels,
            menu,
            phrases,
            scenes,
            search_providers,
            topics,
        )

        from .bench.command import JOURNEY
        from .bench.command import THEMES as COMPILED
        from .figure_acts import CASE
        from .figure_concerns import CONCERNS
        from .figures import FIGURES
        from .hearing import CASES_ARE_RECHECKED
        from .items.desk import touches
        from .items.following import followers
        from .limits.figures import CARDS
        from .loading import SECTION
        from .materials.loading import SECTION as MATERIALS
        from .messages import APPLICANT_IS_TOLD
        from .signs import COUNTS, MENU, PANEL, PHRASES, PROVIDER, TOPICS
        from .themes.following import FOLLOWER, THEMES
        from .themes.loading import SECTION as OF_THEMES
        from .themes.running import SERVICES as OF_A_THEME
        from .themes.signs import MENU as MENU_OF_THEMES
        from .touching import CASES

        touches.register(CASES)
        touches.register(THEMES)
        followers.register(FOLLOWER)
        for service in OF_A_THEME:
            services.register(service)
        profile_sections.register(MATERIALS)
        profile_sections.register(SECTION)
        profile_sections.register(OF_THEMES)

        scenes.register(
            SceneManifest(
                slug="services",
                title="政务服务",
                summary="一张填好的表，一份材料也不用交",
                owner="各部门",
            )
        )
        search_providers.register(PROVIDER)
        home_panels.register(PANEL)
        topics.register(TOPICS)
        phrases.register(PHRASES)
        for count in COUNTS:
            counts.register(count)
        for entry in (*MENU, *MENU_OF_THEMES):
            menu.register(entry)
        benches.register(JOURNEY)
        benches.register(COMPILED)
        subscriptions.register(APPLICANT_IS_TOLD)
        subscriptions.register(CASES_ARE_RECHECKED)
        for figure in (*FIGURES, *CARDS):
            indicators.register(figure)
        acts.register(CASE)
        for source in CONCERNS:
            concerns.register(source)
