from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "diebian.portal.home"

    def ready(self) -> None:
        # Imported here: identity's models load before this call, not before this module.
        from diebian.base.messages.public import unread
        from diebian.kernel.menu import Group
        from diebian.kernel.waiting import KEY
        from diebian.security.identity.public import Post

        from .public import MenuEntry, menu

        watchers = {Post.DUTY, Post.MAYOR, Post.OPERATOR}
        menu.register(
            MenuEntry(
                slug="wall",
                title="城市大脑",
                url_name="wall:wall",
                is_for=lambda actor: not watchers.isdisjoint(actor.posts),
            )
        )
        menu.register(
            MenuEntry(
                slug="help",
                title="帮助",
                url_name="home:help",
                is_for=lambda _: True,
                is_public=True,
                group=Group.MORE,
                is_desk=False,
            )
        )
        menu.register(
            MenuEntry(
                slug="my-messages",
                title="消息",
                url_name="messages:notices",
                is_for=lambda actor: actor.is_person,
                group=Group.MINE,
                waits=lambda _: [unread(KEY)],
            )
        )
