from diebian.kernel.errors import DiebianError


class NotOurs(DiebianError):
    """Somebody who can reach NATS, but not the database, said something in our name."""

    code, status, title = "messages.not_ours", 403, "这条消息不是本平台发出的"


class SettledBefore(DiebianError):
    code, status, title = "messages.settled_before", 409, "这条消息已经处理好了"
