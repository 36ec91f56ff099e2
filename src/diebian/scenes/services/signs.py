"""What the scene shows in the portal: a search and places in the menu."""

from django.urls import reverse

from diebian.portal.home.public import Hit, MenuEntry, SearchProvider
from diebian.security.identity.public import Actor, Post

from . import selectors


def _hits(words: str) -> list[Hit]:
    return [
        Hit(
            title=one.name,
            summary=one.department.name,
            address=reverse("services:guide", args=[one.code]),
        )
        for one in selectors.search(words)
    ]


PROVIDER = SearchProvider(slug="services", find=_hits)


def _is_person(actor: Actor) -> bool:
    return actor.is_person


MENU = (
    MenuEntry("my-cases", "我的办件", "services:mine", _is_person),
    MenuEntry("my-reads", "谁查过我", "services:reads", _is_person),
    MenuEntry("window", "综合窗口", "services:window", lambda actor: actor.holds(Post.WINDOW)),
    MenuEntry("review", "审核", "services:desk", lambda actor: actor.holds(Post.REVIEWER)),
)
