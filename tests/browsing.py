"""A browser for tests of pages: whoever acts is signed in already."""

from django.test import Client

from diebian.security.identity.public import Actor, session_for


def browser(actor: Actor | None = None) -> Client:
    """Of a stranger where nobody is named."""
    made = Client()
    if actor is not None:
        session = made.session
        session.update(session_for(actor))
        session.save()
    return made
