from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import Grant, ShareRequest


def may_request(by: Actor) -> bool:
    return by.department != "" and by.holds(Post.APPLICANT)


def may_approve_for_consumer(by: Actor, request: ShareRequest) -> bool:
    return by.holds(Post.DATA_HEAD) and by.department == request.consumer.credit_code


def may_answer_for_provider(by: Actor, request: ShareRequest) -> bool:
    provider = request.resource.entry.provider.credit_code
    return by.holds(Post.DATA_HEAD) and by.department == provider


def may_provision(by: Actor) -> bool:
    return by == PLATFORM


def may_revoke(by: Actor, grant: Grant) -> bool:
    return by.holds(Post.AUTHORITY) or may_answer_for_provider(by, grant.request)
