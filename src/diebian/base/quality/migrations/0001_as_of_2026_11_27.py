import uuid

import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("quality", "0001_initial")]

    initial = True

    dependencies = [
        ("lake", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Rule",
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
                        "collection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="lake.collection",
                        ),
                    ),
                    ("kind", models.CharField(max_length=20)),
                    ("told", models.JSONField(default=dict)),
                    ("digest", models.CharField(max_length=64)),
                    ("says", models.CharField(max_length=600, verbose_name="规则")),
                    ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                    (
                        "days",
                        models.PositiveSmallIntegerField(
                            default=10, verbose_name="整改期限（工作日）"
                        ),
                    ),
                    ("from_city", models.BooleanField(default=False)),
                    ("excused", models.BigIntegerField(default=0)),
                    ("declared_by", models.CharField(max_length=100)),
                    ("declared_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at__isnull", True)),
                            fields=("collection", "kind", "digest"),
                            name="rule_declared_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Run",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "collection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="lake.collection",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("done", "完成"), ("failed", "没有查成")], max_length=20
                        ),
                    ),
                    ("asked_by", models.CharField(max_length=100)),
                    ("started_at", models.DateTimeField()),
                    ("milliseconds", models.BigIntegerField(default=0)),
                    ("snapshot", models.BigIntegerField(null=True)),
                    ("collected_at", models.DateTimeField(null=True)),
                    ("rows", models.BigIntegerField(default=0)),
                    ("score", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                    ("sentence", models.CharField(blank=True, max_length=500)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["collection", "-id"], name="quality_run_of_table")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("snapshot__isnull", False),
                                _connector="OR",
                            ),
                            name="quality_run_done_has_snapshot",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Result",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "run",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="results",
                            to="quality.run",
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="results",
                            to="quality.rule",
                        ),
                    ),
                    ("checked", models.BigIntegerField()),
                    ("failed", models.BigIntegerField()),
                    ("keys", models.JSONField(default=list)),
                    ("sentence", models.CharField(blank=True, max_length=300)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["rule", "-id"], name="quality_result_of_rule")
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("run", "rule"), name="quality_result_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("failed__gte", 0), ("failed__lte", models.F("checked"))
                            ),
                            name="quality_failed_within_checked",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Order",
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
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="orders",
                            to="quality.rule",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "待整改"),
                                ("mended", "已改，等复查"),
                                ("disputed", "有异议，等裁定"),
                                ("closed", "复查通过"),
                                ("excused", "异议成立"),
                                ("dropped", "规则已停用"),
                            ],
                            default="open",
                            max_length=20,
                        ),
                    ),
                    ("opened_at", models.DateTimeField()),
                    ("since", models.DateTimeField()),
                    ("failed", models.BigIntegerField()),
                    ("failed_now", models.BigIntegerField()),
                    ("times_reopened", models.PositiveSmallIntegerField(default=0)),
                    (
                        "answer",
                        models.CharField(blank=True, max_length=500, verbose_name="整改情况或异议"),
                    ),
                    ("answered_by", models.CharField(blank=True, max_length=100)),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "ruling",
                        models.CharField(blank=True, max_length=500, verbose_name="裁定的理由"),
                    ),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("reminded", models.CharField(blank=True, max_length=10)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["state", "since"], name="quality_order_state")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ["open", "mended", "disputed"])),
                            fields=("rule",),
                            name="quality_order_open_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["open", "mended", "disputed"]),
                                ("closed_at__isnull", False),
                                _connector="OR",
                            ),
                            name="quality_order_closed_has_moment",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state__in", ["mended", "disputed", "excused"]), _negated=True
                                ),
                                models.Q(("answer", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="quality_order_answer_says_how",
                        ),
                    ],
                },
            ),
        ),
    ]
