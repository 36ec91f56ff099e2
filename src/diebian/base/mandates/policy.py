"""Who may do what with a mandate. Yes or no, in one sentence each."""

from diebian.security.identity.public import Actor, Post, company

from .models import Kind, Mandate


def may_propose(by: Actor) -> bool:
    return by.is_person


def may_record(by: Actor) -> bool:
    """The clerk before whom the giver sits, or whom she calls."""
    return by.holds(Post.WINDOW)


def is_giver(by: Actor, mandate: Mandate) -> bool:
    """Of a company's: whoever represents it."""
    if not by.is_person:
        return False
    return by.key == giver_in_person(mandate)


def is_holder(by: Actor, mandate: Mandate) -> bool:
    return by.is_person and by.key == mandate.holder_key


def may_agree(by: Actor, mandate: Mandate) -> bool:
    """Nobody but the giver: a holder asks, and waits."""
    return is_giver(by, mandate)


def may_end(by: Actor, mandate: Mandate) -> bool:
    """The giver takes it back, the holder gives it back; neither needs a reason."""
    return is_giver(by, mandate) or is_holder(by, mandate)


def may_see(by: Actor, mandate: Mandate) -> bool:
    """A clerk too, whose look is written down."""
    return is_giver(by, mandate) or is_holder(by, mandate) or may_record(by)


def giver_in_person(mandate: Mandate) -> str:
    """Key of the person who gives it, and who is told: a company's representative."""
    if mandate.kind != Kind.AGENT:
        return mandate.giver_key
    found = company(mandate.giver_key)
    return found.head_key if found else mandate.giver_key
