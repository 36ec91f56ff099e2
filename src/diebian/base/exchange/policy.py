"""Who may do what about sharing. Yes or no, in one sentence each."""

from diebian.base.exchange.grants.models import Grant, ShareRequest
from diebian.security.identity.public import PLATFORM, Actor, Post

DESKS = {Post.DATA_MANAGER, Post.DATA_HEAD, Post.APPLICANT, Post.AUTHORITY}


def may_browse(by: Actor) -> bool:
    """Any official may see what interfaces there are, and on which terms."""
    return by.department != ""


def has_desk(by: Actor) -> bool:
    """Whoever has work in sharing: the inbox and the requests of the own department."""
    return by.department != "" and not DESKS.isdisjoint(by.posts)


def may_see(by: Actor, request: ShareRequest) -> bool:
    return has_desk(by) and (by.holds(Post.AUTHORITY) or by.department in _parties(request))


def may_request(by: Actor) -> bool:
    return by.department != "" and by.holds(Post.APPLICANT)


def may_approve_for_consumer(by: Actor, request: ShareRequest) -> bool:
    return by.holds(Post.DATA_HEAD) and by.department == request.consumer.credit_code


def may_answer_for_provider(by: Actor, request: ShareRequest) -> bool:
    provider = request.resource.entry.provider.credit_code
    return by.holds(Post.DATA_HEAD) and by.department == provider


def may_dispute(by: Actor, request: ShareRequest) -> bool:
    """809号令 第二十八条: whoever asked and was refused."""
    is_asker = by.holds(Post.APPLICANT) or by.holds(Post.DATA_HEAD)
    return is_asker and by.department == request.consumer.credit_code


def may_dispute_withholding(by: Actor, provider: str) -> bool:
    """Any other department that would ask if it could."""
    is_asker = by.holds(Post.APPLICANT) or by.holds(Post.DATA_HEAD)
    return is_asker and by.department not in {"", provider}


def may_carry_out_ruling(by: Actor) -> bool:
    """A dispute's end, in its own transaction; the provider is not asked again."""
    return by == PLATFORM


def may_supplement(by: Actor, request: ShareRequest) -> bool:
    return may_request(by) and by.department == request.consumer.credit_code


def may_provision(by: Actor) -> bool:
    return by == PLATFORM or by.holds(Post.AUTHORITY)


def may_answer_extension(by: Actor) -> bool:
    return by.holds(Post.AUTHORITY)


def may_renew(by: Actor, request: ShareRequest) -> bool:
    return may_supplement(by, request)


def may_dispose(by: Actor, request: ShareRequest) -> bool:
    """Whoever used the data says what became of it (809号令 第二十五条)."""
    return may_supplement(by, request)


def may_keep_upstreams(by: Actor) -> bool:
    """Makes nodes above the city known and changes the keys that they gave us."""
    return by == PLATFORM or by.holds(Post.AUTHORITY)


def may_keep_seasons(by: Actor) -> bool:
    """Opens the line before an interface that very many will ask, and ends it."""
    return by == PLATFORM or by.holds(Post.AUTHORITY)


def may_work_by_itself(by: Actor) -> bool:
    """Ends what is over, reminds, watches, tells: by the timetable, and nobody by hand."""
    return by == PLATFORM


def may_revoke(by: Actor, grant: Grant) -> bool:
    """809号令 第二十七条: the authority or the provider suspends, and lets it go on or ends it."""
    return by.holds(Post.AUTHORITY) or may_answer_for_provider(by, grant.request)


def may_rectify(by: Actor, grant: Grant) -> bool:
    """The consumer's side says that what was wrong has been put right."""
    is_side = by.holds(Post.APPLICANT) or by.holds(Post.DATA_HEAD)
    return is_side and by.department == grant.request.consumer.credit_code


def may_suspend(by: Actor, grant: Grant) -> bool:
    """As `may_revoke`; the platform where the provider has declared when (`look_limits`)."""
    return by == PLATFORM or may_revoke(by, grant)


def may_look_into(by: Actor, provider: str) -> bool:
    """What looks like a search for persons: the provider's data people, and the authority."""
    is_provider = by.department == provider and provider != ""
    is_data_post = by.holds(Post.DATA_MANAGER) or by.holds(Post.DATA_HEAD)
    return by.holds(Post.AUTHORITY) or (is_provider and is_data_post)


def _parties(request: ShareRequest) -> set[str]:
    return {request.consumer.credit_code, request.resource.entry.provider.credit_code}
