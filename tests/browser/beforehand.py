"""Pages that the server answered beforehand, shown in a browser without a platform: what stands at
an hour of its own choosing, and what a sample city has none of."""

from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Route

from .chromium import Visitor

ADDRESS = "http://localhost"  # of a name that is not near, chromium trusts less
STATIC = "/static/"


def shown(browser: Browser, answers: Mapping[str, Any], *, width: int) -> Visitor:
    """`answers`: what Django's own client was answered, by path. Nothing else is reached."""
    visitor = Visitor(browser, ADDRESS, width=width)

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        told = answers.get(path)
        if told is not None:
            headers = {**told.headers}
            route.fulfill(status=told.status_code, headers=headers, body=told.content)
        elif found := path.startswith(STATIC) and finders.find(path.removeprefix(STATIC)):
            body = Path(str(found)).read_bytes()
            route.fulfill(body=body, content_type=guess_type(path)[0])
        else:
            route.fulfill(status=204)

    visitor.context.route("**/*", answer)
    return visitor
