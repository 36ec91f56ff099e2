import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("identity", "0001_as_of_2026_11_27")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="WindowKind",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(max_length=40, unique=True)),
                    ("name", models.CharField(max_length=60)),
                    ("letter", models.CharField(max_length=1)),
                    ("says", models.CharField(blank=True, max_length=200)),
                    ("is_for_elders", models.BooleanField(default=False)),
                    ("place", models.PositiveSmallIntegerField(default=0)),
                    ("retired_on", models.DateField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="Hall",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=20, unique=True)),
                    ("name", models.CharField(max_length=100)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("hall", "政务大厅"), ("station", "驿站")], max_length=10
                        ),
                    ),
                    ("county", models.CharField(blank=True, max_length=6)),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("address", models.CharField(max_length=200)),
                    ("phone", models.CharField(max_length=20)),
                    (
                        "hours",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=11), size=None
                        ),
                    ),
                    ("rules", models.JSONField()),
                    ("kiosk_key", models.CharField(max_length=43, unique=True)),
                    ("retired_on", models.DateField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="Slot",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "hall",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="slots",
                            to="halls.hall",
                        ),
                    ),
                    (
                        "kind",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="halls.windowkind",
                        ),
                    ),
                    ("day", models.DateField()),
                    ("starts", models.TimeField()),
                    ("minutes", models.PositiveSmallIntegerField()),
                    ("places", models.PositiveSmallIntegerField()),
                    ("taken", models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("hall", "kind", "day", "starts"), name="slot_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("taken__lte", models.F("places"))),
                            name="slot_never_overfull",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Booking",
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
                    ("code", models.CharField(max_length=6)),
                    (
                        "slot",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bookings",
                            to="halls.slot",
                        ),
                    ),
                    ("day", models.DateField()),
                    ("subject", models.CharField(max_length=64)),
                    ("person_key", models.CharField(blank=True, max_length=40)),
                    ("person_name", models.CharField(max_length=100)),
                    ("phone", models.CharField(blank=True, max_length=20)),
                    ("is_elder", models.BooleanField(default=False)),
                    ("about", models.CharField(blank=True, max_length=100)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("booked", "已预约"),
                                ("arrived", "已到大厅"),
                                ("cancelled", "已取消"),
                                ("missed", "没有来，已过期"),
                            ],
                            default="booked",
                            max_length=10,
                        ),
                    ),
                    ("made_by", models.CharField(max_length=64)),
                    ("made_at", models.DateTimeField()),
                    ("reminded_at", models.DateTimeField(null=True)),
                    ("arrived_at", models.DateTimeField(null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["person_key"], name="booking_person"),
                        models.Index(fields=["state", "day"], name="booking_state_day"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "booked")),
                            fields=("subject", "day"),
                            name="booking_one_a_day",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "booked")),
                            fields=("day", "code"),
                            name="booking_code_of_day",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Window",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "hall",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="windows",
                            to="halls.hall",
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField()),
                    (
                        "kinds",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.SlugField(max_length=40), size=None
                        ),
                    ),
                    ("clerk_key", models.CharField(blank=True, max_length=64)),
                    ("clerk_name", models.CharField(blank=True, max_length=100)),
                    ("seated_at", models.DateTimeField(null=True)),
                    ("retired_on", models.DateField(null=True)),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("hall", "number"), name="window_number"),
                        models.UniqueConstraint(
                            condition=models.Q(("clerk_key", ""), _negated=True),
                            fields=("clerk_key",),
                            name="window_one_for_each_clerk",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Ticket",
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
                    (
                        "hall",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tickets",
                            to="halls.hall",
                        ),
                    ),
                    ("day", models.DateField()),
                    ("letter", models.CharField(max_length=1)),
                    ("number", models.PositiveIntegerField()),
                    (
                        "kind",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="halls.windowkind",
                        ),
                    ),
                    (
                        "origin",
                        models.CharField(
                            choices=[("kiosk", "取号机"), ("online", "网上"), ("booked", "预约")],
                            max_length=10,
                        ),
                    ),
                    ("has_priority", models.BooleanField(default=False)),
                    ("person_key", models.CharField(blank=True, max_length=40)),
                    (
                        "booking",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ticket",
                            to="halls.booking",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "等叫号"),
                                ("called", "请到窗口"),
                                ("done", "办完了"),
                                ("missed", "过号"),
                                ("left", "不等了"),
                                ("closed", "大厅关门"),
                            ],
                            default="waiting",
                            max_length=10,
                        ),
                    ),
                    ("taken_at", models.DateTimeField()),
                    ("ranked_at", models.DateTimeField()),
                    ("called_at", models.DateTimeField(null=True)),
                    ("last_called_at", models.DateTimeField(null=True)),
                    ("calls", models.PositiveSmallIntegerField(default=0)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "window",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tickets",
                            to="halls.window",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["hall", "day", "state", "ranked_at"], name="ticket_queue"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("hall", "day", "letter", "number"), name="ticket_number_once"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "called")),
                            fields=("window",),
                            name="ticket_one_at_a_window",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("state__in", ["waiting", "called"]),
                                models.Q(("person_key", ""), _negated=True),
                            ),
                            fields=("person_key",),
                            name="ticket_one_for_a_person",
                        ),
                    ],
                },
            ),
        ),
    ]
