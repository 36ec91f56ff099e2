from uuid import uuid4

from django.db import models
from django.db.models import Q

from .message import Message

LONGEST_TITLE, LONGEST_BODY = 200, 1000  # of a notice


class Stream(models.Model):
    """The one stream of this installation.

    The name lives beside the outbox that fills it: two installations on one server never read each
    other's messages, and a restored database keeps its own.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=60, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(name="stream_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.name


class Outgoing(models.Model):
    """The outbox: a message that was said in the same transaction as the fact it tells."""

    message_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    topic = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    body = models.JSONField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="outgoing_unsent", condition=Q(sent_at=None)),
            models.Index(fields=["sent_at"], name="outgoing_sent_at"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"

    @property
    def message(self) -> Message:
        return Message(
            id=str(self.message_id),
            topic=self.topic,
            key=self.key,
            body=self.body,
            by=self.by,
            at=self.at,
        )


class Inbox(models.Model):
    """A message that a handler has dealt with: unique, and written in the handler's transaction.

    This is what makes a second delivery harmless.
    """

    message_id = models.UUIDField()
    handler = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="inbox_at")]
        constraints = [
            models.UniqueConstraint(fields=["message_id", "handler"], name="inbox_once_per_handler")
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.handler}"


class Undelivered(models.Model):
    """A message that a handler could not deal with, put aside with the reason for a person."""

    message_id = models.CharField(max_length=60)
    handler = models.CharField(max_length=60)
    topic = models.CharField(max_length=200)
    key = models.CharField(max_length=100)
    tries = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message_id", "handler"], name="undelivered_once_per_handler"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler}: {self.topic} {self.key}"


class Notice(models.Model):
    """消息: what somebody is told, in words. The key is a person's, or an official's username."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=LONGEST_TITLE)
    body = models.CharField(max_length=LONGEST_BODY)
    link = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["key", "-at"], name="notice_key_at"),
            models.Index(fields=["key"], name="notice_unread", condition=Q(read_at=None)),
        ]
        constraints = [
            models.CheckConstraint(  # a notice never leads away from this site
                name="notice_link_is_ours",
                condition=Q(link="") | Q(link__regex=r"^/([^/\\]|$)"),
            )
        ]

    def __str__(self) -> str:
        return self.title
