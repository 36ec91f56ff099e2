"""A browser for tests of pages: whoever acts is signed in already."""

import re
from html import unescape

from django.conf import settings
from django.test import Client

from diebian.security.identity.public import Actor, session_for
from diebian.security.identity.sessions import SessionStore


def browser(actor: Actor | None = None, *, is_strict: bool = True) -> Client:
    """Of a stranger where nobody is named. A strict one raises what went wrong on our side."""
    made = Client(raise_request_exception=is_strict)
    if actor is not None:
        session = SessionStore()
        session.update(session_for(actor))
        session.create()
        made.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return made


def written_in(page: str) -> str:
    """What stands in the page's one large field."""
    [text] = re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    return unescape(text).replace("\r\n", "\n")
