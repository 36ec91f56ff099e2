"""The JetStream side: one stream, and one durable consumer for each subscription."""

from django.conf import settings
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from .outbox import KEPT
from .subscriptions import Subscription

SAME_FOR_SECONDS = 3600.0  # within this time the stream itself drops a message that it has


def subject(stream: str, topic: str) -> str:
    return f"diebian.{stream}.{topic}"


async def ensure_stream(js: JetStreamContext, name: str) -> bool:
    """True when it was not there: a first start, or a lost disk."""
    config = StreamConfig(
        name=name,
        subjects=[subject(name, ">")],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        max_age=KEPT.total_seconds(),
        duplicate_window=SAME_FOR_SECONDS,
    )
    try:
        await js.stream_info(name)
    except NotFoundError:
        await js.add_stream(config)
        return True
    await js.update_stream(config)
    return False


async def pull(
    js: JetStreamContext, stream: str, of: Subscription
) -> JetStreamContext.PullSubscription:
    """How often it is tried is counted here and decided by us: the server alone never gives up."""
    config = ConsumerConfig(
        durable_name=of.consumer,
        filter_subject=subject(stream, of.topics),
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=settings.HANDLER_SECONDS,
        max_deliver=-1,
    )
    await js.add_consumer(stream, config)
    return await js.pull_subscribe_bind(consumer=of.consumer, stream=stream)
