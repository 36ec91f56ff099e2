"""Who may do what about papers. Yes or no, in one sentence each."""

from diebian.security.identity.public import PLATFORM, Actor

from .models import Paper


def has_papers(by: Actor) -> bool:
    return by.is_person


def is_owner(by: Actor, paper: Paper) -> bool:
    return by.is_person and by.key == paper.owner_key


def may_agree(by: Actor, owner_key: str) -> bool:
    """Nobody agrees for somebody else, a clerk at the window neither."""
    return by.is_person and by.key == owner_key


def may_sweep(by: Actor) -> bool:
    return by == PLATFORM
