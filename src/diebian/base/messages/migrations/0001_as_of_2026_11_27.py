import uuid

from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("messages", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Stream",
                fields=[
                    (
                        "id",
                        models.PositiveSmallIntegerField(
                            default=1, primary_key=True, serialize=False
                        ),
                    ),
                    ("name", models.CharField(max_length=60, unique=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("id", 1)), name="stream_is_one")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Outgoing",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "message_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("topic", models.CharField(max_length=100)),
                    ("key", models.CharField(max_length=100)),
                    ("body", models.JSONField()),
                    ("by", models.CharField(max_length=100)),
                    ("at", models.DateTimeField()),
                    ("sent_at", models.DateTimeField(null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("sent_at", None)),
                            fields=["id"],
                            name="outgoing_unsent",
                        ),
                        models.Index(fields=["sent_at"], name="outgoing_sent_at"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Inbox",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("message_id", models.UUIDField()),
                    ("handler", models.CharField(max_length=60)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "indexes": [models.Index(fields=["at"], name="inbox_at")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("message_id", "handler"), name="inbox_once_per_handler"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Undelivered",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("message_id", models.CharField(max_length=60)),
                    ("handler", models.CharField(max_length=60)),
                    ("topic", models.CharField(max_length=200)),
                    ("key", models.CharField(max_length=100)),
                    ("tries", models.PositiveIntegerField()),
                    ("reason", models.CharField(max_length=500)),
                    ("at", models.DateTimeField()),
                    ("settled_at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("message_id", "handler"), name="undelivered_once_per_handler"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Notice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("key", models.CharField(max_length=40)),
                    ("title", models.CharField(max_length=200)),
                    ("body", models.CharField(max_length=1000)),
                    ("link", models.CharField(blank=True, max_length=300)),
                    ("at", models.DateTimeField()),
                    ("read_at", models.DateTimeField(null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["key", "-at"], name="notice_key_at"),
                        models.Index(
                            condition=models.Q(("read_at", None)),
                            fields=["key"],
                            name="notice_unread",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("link", ""), ("link__regex", "^/([^/\\\\]|$)"), _connector="OR"
                            ),
                            name="notice_link_is_ours",
                        )
                    ],
                },
            ),
        ),
    ]
