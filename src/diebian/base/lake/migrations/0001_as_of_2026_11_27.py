import uuid

import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("lake", "0001_initial"),
        ("lake", "0002_definition_versions"),
        ("lake", "0003_terms_of_collecting"),
        ("lake", "0004_column_elements"),
    ]

    initial = True

    dependencies = [
        ("catalogue", "0001_as_of_2026_11_27"),
        ("elements", "0001_as_of_2026_11_27"),
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Source",
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
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("postgresql", "PostgreSQL 数据库"),
                                ("mysql", "MySQL、MariaDB 数据库"),
                                ("kingbase", "人大金仓数据库"),
                                ("dm", "达梦数据库"),
                                ("file", "文件（CSV、XLSX）"),
                                ("http", "接口（JSON、XML）"),
                                ("push", "由部门推送"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("address", models.JSONField(default=dict)),
                    ("secret", models.CharField(blank=True, max_length=60)),
                    ("is_sample", models.BooleanField(default=False)),
                ],
            ),
            migrations.CreateModel(
                name="Collection",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("slug", models.SlugField(max_length=60, unique=True)),
                    ("title", models.CharField(max_length=200)),
                    (
                        "source",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="collections",
                            to="lake.source",
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="catalogue.entry",
                            to_field="public_id",
                        ),
                    ),
                    ("table", models.CharField(max_length=300, verbose_name="源表、文件或路径")),
                    ("lake_table", models.CharField(max_length=63, unique=True)),
                    (
                        "mode",
                        models.CharField(
                            choices=[
                                ("full", "全量"),
                                ("watermark", "按水位增量"),
                                ("changes", "按变更记录"),
                            ],
                            default="full",
                            max_length=20,
                        ),
                    ),
                    ("key", models.JSONField(default=list)),
                    ("watermark_column", models.CharField(blank=True, max_length=63)),
                    ("columns", models.JSONField(default=list)),
                    ("ignored", models.JSONField(default=list)),
                    ("options", models.JSONField(default=dict)),
                    (
                        "schedule",
                        models.CharField(
                            choices=[
                                ("manual", "手动"),
                                ("quarter", "每 15 分钟"),
                                ("hourly", "每小时"),
                                ("daily", "每天"),
                            ],
                            default="manual",
                            max_length=20,
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "minutes",
                        models.PositiveSmallIntegerField(default=30, verbose_name="最多收多少分钟"),
                    ),
                    (
                        "keep_days",
                        models.PositiveSmallIntegerField(
                            null=True, verbose_name="隔离的行留多少天"
                        ),
                    ),
                    (
                        "past_days",
                        models.PositiveSmallIntegerField(
                            default=30, verbose_name="湖里的过去至少留多少天"
                        ),
                    ),
                    (
                        "push_days",
                        models.PositiveSmallIntegerField(
                            default=30, verbose_name="推送的原文进湖后留多少天"
                        ),
                    ),
                    (
                        "bad_percent",
                        models.PositiveSmallIntegerField(
                            default=1, verbose_name="隔离超过百分之几告诉人"
                        ),
                    ),
                    (
                        "trouble",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("held", "源变了，等您决定"),
                                ("failed", "没有收成"),
                                ("bad", "隔离的行太多"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("watermark", models.CharField(blank=True, max_length=200)),
                    ("collected_at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("mode", "full"),
                                models.Q(("watermark_column", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="collection_increment_has_watermark",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("mode", "full"),
                                models.Q(("key", []), _negated=True),
                                _connector="OR",
                            ),
                            name="collection_increment_has_key",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("minutes__gte", 1), ("minutes__lte", 720)),
                            name="collection_minutes_bounded",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("bad_percent__lte", 100)),
                            name="collection_percent_bounded",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Version",
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
                            related_name="versions",
                            to="lake.collection",
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("before", models.JSONField()),
                    ("after", models.JSONField()),
                    ("why", models.CharField(max_length=300)),
                    ("by_key", models.CharField(max_length=64)),
                    ("by_name", models.CharField(max_length=100)),
                    ("at", models.DateTimeField()),
                    ("is_whole", models.BooleanField(default=False, verbose_name="从头收一遍")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("collection", "number"), name="version_once"
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
                            related_name="runs",
                            to="lake.collection",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("running", "进行中"),
                                ("done", "完成"),
                                ("held", "等人决定"),
                                ("failed", "未成功"),
                                ("stopped", "已停止"),
                            ],
                            default="running",
                            max_length=20,
                        ),
                    ),
                    ("stage", models.CharField(default="waiting", max_length=20)),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("writer", models.CharField(max_length=64)),
                    ("batch", models.UUIDField(null=True)),
                    ("snapshot", models.BigIntegerField(null=True)),
                    ("started_by", models.CharField(max_length=100)),
                    ("started_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("window_from", models.CharField(blank=True, max_length=200)),
                    ("window_to", models.CharField(blank=True, max_length=200)),
                    ("read", models.BigIntegerField(default=0)),
                    ("taken", models.BigIntegerField(default=0)),
                    ("quarantined", models.BigIntegerField(default=0)),
                    ("changed", models.BigIntegerField(default=0)),
                    ("checksum", models.CharField(blank=True, max_length=32)),
                    ("watermark_before", models.CharField(blank=True, max_length=200)),
                    ("watermark_after", models.CharField(blank=True, max_length=200)),
                    ("milliseconds", models.BigIntegerField(default=0)),
                    ("sentence", models.CharField(blank=True, max_length=500)),
                    ("is_stopping", models.BooleanField(default=False)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["collection", "-id"], name="run_of_collection"),
                        models.Index(
                            condition=models.Q(("state", "running")),
                            fields=["collection"],
                            name="run_open",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("snapshot__isnull", False),
                                _connector="OR",
                            ),
                            name="run_done_has_snapshot",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="QuarantinedRow",
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
                            related_name="bad_rows",
                            to="lake.run",
                        ),
                    ),
                    ("number", models.BigIntegerField()),
                    ("reason", models.CharField(max_length=300)),
                    ("row", models.JSONField()),
                ],
                options={
                    "indexes": [models.Index(fields=["run", "number"], name="bad_row_of_run")],
                },
            ),
            migrations.CreateModel(
                name="DriftHold",
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
                            related_name="holds",
                            to="lake.collection",
                        ),
                    ),
                    ("found", models.JSONField()),
                    ("since", models.DateTimeField()),
                    ("decided_at", models.DateTimeField(null=True)),
                    ("decided_by", models.CharField(blank=True, max_length=100)),
                    ("decision", models.CharField(blank=True, max_length=20)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("decided_at__isnull", True)),
                            fields=("collection",),
                            name="hold_open_once",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PushedBatch",
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
                            related_name="pushes",
                            to="lake.collection",
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("key", models.CharField(max_length=100, verbose_name="幂等键")),
                    ("digest", models.CharField(max_length=64)),
                    ("rows", models.JSONField()),
                    ("row_count", models.IntegerField()),
                    ("received_at", models.DateTimeField()),
                    ("rows_gone_at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("collection", "key"), name="push_once_per_key"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ColumnElement",
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
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="elements",
                            to="lake.collection",
                        ),
                    ),
                    ("column", models.CharField(max_length=63)),
                    (
                        "element",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="elements.element",
                            to_field="identifier",
                        ),
                    ),
                    ("named_by", models.CharField(max_length=100)),
                    ("named_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("collection", "column"), name="column_is_of_one_element"
                        )
                    ],
                },
            ),
        ),
    ]
