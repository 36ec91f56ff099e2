import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("masterdata", "0001_initial"),
        ("masterdata", "0002_leaves"),
        ("masterdata", "0003_forgotten"),
    ]

    initial = True

    dependencies = [
        ("exchange", "0001_as_of_2026_11_27"),
        ("identity", "0001_as_of_2026_11_27"),
        ("lake", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Base",
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
                        "owner",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("built", models.PositiveIntegerField(default=0)),
                    ("forgotten", models.PositiveIntegerField(default=0)),
                    ("next_number", models.PositiveBigIntegerField(default=1)),
                ],
            ),
            migrations.CreateModel(
                name="BaseVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "base",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="versions",
                            to="masterdata.base",
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("plan", models.JSONField()),
                    ("declared_by", models.CharField(max_length=100)),
                    ("declared_at", models.DateTimeField()),
                    ("sources", models.ManyToManyField(related_name="+", to="lake.collection")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("base", "number"), name="masterdata_version_number"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Leave",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "base",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="leaves",
                            to="masterdata.base",
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
                        "request",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.sharerequest",
                        ),
                    ),
                    ("columns", models.JSONField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("base", "collection", "request"), name="masterdata_leave_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Build",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "base",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="builds",
                            to="masterdata.base",
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="masterdata.baseversion",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "排队中"),
                                ("running", "进行中"),
                                ("done", "完成"),
                                ("failed", "未成功"),
                                ("stopped", "已停止"),
                            ],
                            default="waiting",
                            max_length=10,
                        ),
                    ),
                    (
                        "stage",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("reading", "读来源"),
                                ("matching", "认是不是同一个"),
                                ("choosing", "选值"),
                                ("writing", "写下结果"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("sources", models.JSONField()),
                    ("counts", models.JSONField(default=dict)),
                    ("first_number", models.PositiveBigIntegerField(default=0)),
                    ("chunk_rows", models.PositiveIntegerField(default=0)),
                    ("chunks", models.PositiveIntegerField(default=0)),
                    ("chunks_done", models.PositiveIntegerField(default=0)),
                    ("asked_by", models.CharField(max_length=100)),
                    ("asked_at", models.DateTimeField()),
                    ("started_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("sentence", models.CharField(blank=True, max_length=500)),
                    ("is_stopping", models.BooleanField(default=False)),
                    ("tries", models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("base", "number"), name="masterdata_build_number"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ["waiting", "running"])),
                            fields=("base",),
                            name="masterdata_build_open_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="GoldenRecord",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "base",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="masterdata.base",
                        ),
                    ),
                    ("number", models.PositiveBigIntegerField()),
                    ("since", models.PositiveIntegerField()),
                    ("until", models.PositiveIntegerField(null=True)),
                    (
                        "version",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="masterdata.baseversion",
                        ),
                    ),
                    ("identifier", models.CharField(blank=True, max_length=40)),
                    ("values", models.JSONField()),
                    ("chosen", models.JSONField()),
                    ("said", models.JSONField()),
                    ("members", models.JSONField()),
                    (
                        "tokens",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.TextField(), size=None
                        ),
                    ),
                    ("digest", models.CharField(max_length=32)),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("identifier", ""), _negated=True),
                            fields=["base", "identifier"],
                            name="masterdata_record_identifier",
                        ),
                        models.Index(
                            condition=models.Q(("said", {}), _negated=True),
                            fields=["base", "number"],
                            name="masterdata_record_disputed",
                        ),
                        models.Index(fields=["base", "since"], name="masterdata_record_since"),
                        models.Index(
                            condition=models.Q(("until__isnull", False)),
                            fields=["base", "until"],
                            name="masterdata_record_until",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("base", "number", "since"), name="masterdata_record_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Turn",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "base",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="masterdata.base",
                        ),
                    ),
                    ("build", models.PositiveIntegerField()),
                    ("number", models.PositiveBigIntegerField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("merged", "并入"),
                                ("split", "分出自"),
                                ("ended", "来源里不再有"),
                            ],
                            max_length=6,
                        ),
                    ),
                    ("other", models.PositiveBigIntegerField(null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["base", "other"], name="masterdata_turn_other")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("base", "number", "build", "kind", "other"),
                            name="masterdata_turn_once",
                            nulls_distinct=False,
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="UncertainPair",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "base",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="pairs",
                            to="masterdata.base",
                        ),
                    ),
                    ("left", models.TextField()),
                    ("right", models.TextField()),
                    ("score", models.IntegerField()),
                    ("levels", models.CharField(max_length=30)),
                    ("told", models.JSONField()),
                    ("digest", models.CharField(max_length=32)),
                    ("why", models.CharField(max_length=10)),
                    ("build", models.PositiveIntegerField()),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="masterdata.baseversion",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("base", "left", "right"), name="masterdata_pair_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Decision",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "base",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="masterdata.base",
                        ),
                    ),
                    ("left", models.TextField()),
                    ("right", models.TextField()),
                    ("digest", models.CharField(max_length=32)),
                    (
                        "verdict",
                        models.CharField(
                            choices=[
                                ("same", "同一个"),
                                ("different", "不是同一个"),
                                ("unsure", "暂不定"),
                            ],
                            max_length=9,
                        ),
                    ),
                    ("reason", models.CharField(max_length=300)),
                    ("score", models.IntegerField()),
                    ("levels", models.CharField(max_length=30)),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="masterdata.baseversion",
                        ),
                    ),
                    ("decided_by", models.CharField(max_length=100)),
                    ("decided_at", models.DateTimeField()),
                    ("revoked_by", models.CharField(blank=True, max_length=100)),
                    ("revoked_at", models.DateTimeField(null=True)),
                    ("revoked_why", models.CharField(blank=True, max_length=300)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("revoked_at__isnull", True)),
                            fields=("base", "left", "right"),
                            name="masterdata_decision_once",
                        )
                    ],
                },
            ),
        ),
    ]
