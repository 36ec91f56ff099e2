from django.urls import reverse

from diebian.portal.home.public import Hit, SearchProvider

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
