from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "diebian.base.mandates"

    def ready(self) -> None:
        from diebian.base.directory.public import profile_sections
        from diebian.kernel.menu import Group, MenuEntry, menu

        from .loading import SECTION
        from .policy import may_propose, may_record

        entry = MenuEntry(
            slug="mandates",
            title="我的授权",
            url_name="mandates:mine",
            is_for=may_propose,
            group=Group.MINE,
            is_desk=False,
        )
        menu.register(entry)
        desk = MenuEntry(
            slug="mandates-desk",
            title="代办登记",
            url_name="mandates:desk",
            is_for=may_record,
            group=Group.WINDOW,
            is_desk=False,
        )
        menu.register(desk)
        profile_sections.register(SECTION)
