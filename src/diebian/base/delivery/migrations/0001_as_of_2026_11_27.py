import uuid

import django.db.models.deletion
from django.db import migrations, models

import diebian.base.delivery.models
from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("delivery", "0001_initial"), ("delivery", "0002_stalls_and_volume")]

    initial = True

    dependencies = [
        ("exchange", "0001_as_of_2026_11_27"),
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Target",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("slug", models.SlugField(max_length=60, unique=True)),
                    ("title", models.CharField(max_length=100)),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("address", models.JSONField()),
                    ("schema", models.CharField(default="public", max_length=63)),
                    ("secret", models.CharField(blank=True, max_length=60)),
                    ("checked_at", models.DateTimeField(verbose_name="最近一次连上")),
                    ("is_sample", models.BooleanField(default=False)),
                ],
            ),
            migrations.CreateModel(
                name="Delivery",
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
                        "grant",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.grant",
                        ),
                    ),
                    (
                        "target",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="deliveries",
                            to="delivery.target",
                        ),
                    ),
                    (
                        "salt",
                        models.CharField(
                            default=diebian.base.delivery.models._salt,
                            editable=False,
                            max_length=64,
                        ),
                    ),
                    ("table", models.CharField(max_length=63, verbose_name="接收的表")),
                    (
                        "schedule",
                        models.CharField(
                            choices=[
                                ("follow", "有变化就送"),
                                ("daily", "每天"),
                                ("manual", "手动"),
                            ],
                            default="follow",
                            max_length=20,
                        ),
                    ),
                    ("arranged_by", models.CharField(max_length=100)),
                    ("arranged_at", models.DateTimeField()),
                    ("snapshot", models.BigIntegerField(null=True)),
                    ("total", models.BigIntegerField(null=True, verbose_name="接收库里的行数")),
                    ("looked_at", models.DateTimeField(null=True, verbose_name="上次看有没有变化")),
                    (
                        "stalled_at",
                        models.DateTimeField(null=True, verbose_name="接收库从何时起没有答应"),
                    ),
                    ("stalled_says", models.CharField(blank=True, max_length=300)),
                    (
                        "waits_until",
                        models.DateTimeField(null=True, verbose_name="授权的量何时接着有"),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("target", "table"), name="delivery_table_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="DeliveryRun",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "delivery",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="runs",
                            to="delivery.delivery",
                        ),
                    ),
                    ("batch", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[("running", "进行中"), ("done", "完成"), ("failed", "未成功")],
                            default="running",
                            max_length=20,
                        ),
                    ),
                    ("is_whole", models.BooleanField(default=False, verbose_name="全部重送")),
                    ("snapshot_from", models.BigIntegerField(null=True)),
                    ("snapshot_to", models.BigIntegerField(null=True)),
                    ("written", models.BigIntegerField(default=0, verbose_name="写入的行")),
                    ("removed", models.BigIntegerField(default=0, verbose_name="删除的行")),
                    ("total", models.BigIntegerField(default=0, verbose_name="送完后的行")),
                    (
                        "checksum",
                        models.CharField(blank=True, max_length=64, verbose_name="写入的行的 SM3"),
                    ),
                    ("started_by", models.CharField(max_length=100)),
                    ("started_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("milliseconds", models.BigIntegerField(default=0)),
                    ("sentence", models.CharField(blank=True, max_length=500)),
                ],
                options={
                    "indexes": [models.Index(fields=["delivery", "-id"], name="run_of_delivery")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("snapshot_to__isnull", False),
                                _connector="OR",
                            ),
                            name="delivery_run_done_has_snapshot",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Download",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "grant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.grant",
                        ),
                    ),
                    ("by_key", models.CharField(max_length=64)),
                    ("by_name", models.CharField(max_length=100)),
                    ("purpose", models.CharField(max_length=200, verbose_name="办什么事")),
                    ("name", models.CharField(max_length=200)),
                    ("rows", models.BigIntegerField(null=True)),
                    ("size", models.BigIntegerField()),
                    ("digest", models.CharField(max_length=64)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "indexes": [models.Index(fields=["grant", "-id"], name="download_of_grant")],
                },
            ),
        ),
    ]
