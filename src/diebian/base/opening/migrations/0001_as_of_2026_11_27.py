import uuid

import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("opening", "0001_initial"), ("opening", "0002_request_reminded")]

    initial = True

    dependencies = [
        ("catalogue", "0001_as_of_2026_11_27"),
        ("identity", "0001_as_of_2026_11_27"),
        ("lake", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Dataset",
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
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="catalogue.entry",
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
                    ("title", models.CharField(max_length=200, verbose_name="名称")),
                    ("summary", models.CharField(max_length=1000, verbose_name="说明")),
                    ("licence", models.CharField(max_length=40, verbose_name="使用许可")),
                    (
                        "update_cycle",
                        models.CharField(
                            choices=[
                                ("live", "实时"),
                                ("day", "每日"),
                                ("week", "每周"),
                                ("month", "每月"),
                                ("quarter", "每季度"),
                                ("term", "每学期"),
                                ("year", "每年"),
                                ("irregular", "不定期"),
                            ],
                            max_length=20,
                            verbose_name="更新",
                        ),
                    ),
                    (
                        "about_people",
                        models.BooleanField(
                            default=True, verbose_name="一行说的是一个人或与人有关的事"
                        ),
                    ),
                    (
                        "leave_out_small",
                        models.BooleanField(default=False, verbose_name="略去太小的组"),
                    ),
                    ("columns", models.JSONField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("office_review", "待本部门审核"),
                                ("submitted", "待主管部门发布"),
                                ("returned", "已退回"),
                                ("published", "已开放"),
                                ("withdrawn", "已停止开放"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("proposed_by", models.CharField(max_length=100)),
                    ("proposed_key", models.CharField(max_length=64)),
                    ("proposed_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(null=True)),
                    ("published_at", models.DateTimeField(null=True)),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    (
                        "reason",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="退回或停止开放的理由"
                        ),
                    ),
                    (
                        "looked_at",
                        models.DateTimeField(null=True, verbose_name="最近一次核对新的一批"),
                    ),
                    (
                        "trouble",
                        models.CharField(
                            blank=True, max_length=500, verbose_name="新的一批没有放出的原因"
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["state", "title"], name="dataset_state_title")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "withdrawn"), _negated=True),
                            fields=("collection", "title"),
                            name="dataset_title_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "published"), _negated=True),
                                ("published_at__isnull", False),
                                _connector="OR",
                            ),
                            name="dataset_published_has_moment",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                models.Q(
                                    models.Q(("reason", ""), _negated=True),
                                    ("withdrawn_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="dataset_withdrawn_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Check",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "dataset",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="opening.dataset",
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("snapshot", models.BigIntegerField()),
                    ("is_good", models.BooleanField()),
                    ("found", models.JSONField()),
                ],
            ),
            migrations.CreateModel(
                name="Release",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "dataset",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="releases",
                            to="opening.dataset",
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("snapshot", models.BigIntegerField()),
                    ("made_at", models.DateTimeField()),
                    ("rows", models.BigIntegerField()),
                    ("left_out", models.BigIntegerField(default=0)),
                    ("columns", models.JSONField()),
                    ("files", models.JSONField()),
                    ("preview", models.JSONField()),
                    ("profile", models.JSONField()),
                    ("plots", models.JSONField()),
                ],
                options={
                    "ordering": ["-number"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("dataset", "number"), name="release_number_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="DownloadDay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "dataset",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="downloads",
                            to="opening.dataset",
                        ),
                    ),
                    ("format", models.CharField(max_length=10)),
                    ("day", models.DateField()),
                    ("count", models.PositiveIntegerField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("dataset", "format", "day"), name="download_day_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="DataRequest",
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
                    ("number", models.CharField(max_length=20, unique=True, verbose_name="编号")),
                    ("wanted", models.CharField(max_length=100, verbose_name="要什么数据")),
                    ("purpose", models.CharField(max_length=500, verbose_name="用来做什么")),
                    (
                        "provider",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("asked_at", models.DateTimeField()),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("opened", "已经开放"),
                                ("planned", "准备开放"),
                                ("refused", "不能开放"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("answer", models.CharField(blank=True, max_length=500, verbose_name="答复")),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "answered_by",
                        models.CharField(blank=True, max_length=100, verbose_name="答复的部门"),
                    ),
                    (
                        "dataset",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="opening.dataset",
                        ),
                    ),
                    (
                        "reminded",
                        models.CharField(blank=True, max_length=10, verbose_name="已提醒到哪一级"),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["outcome", "asked_at"], name="data_request_open")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("outcome", ""),
                                models.Q(
                                    models.Q(("answer", ""), _negated=True),
                                    ("answered_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="data_request_answer_has_reason",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Voice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "request",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="voices",
                            to="opening.datarequest",
                        ),
                    ),
                    ("person_key", models.CharField(max_length=40)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("request", "person_key"), name="voice_once")
                    ],
                },
            ),
        ),
    ]
