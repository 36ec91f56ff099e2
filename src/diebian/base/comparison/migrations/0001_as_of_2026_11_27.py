import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("comparison", "0001_initial")]

    initial = True

    dependencies = [
        ("exchange", "0001_as_of_2026_11_27"),
        ("identity", "0001_as_of_2026_11_27"),
        ("lake", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Comparison",
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
                        "consumer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("purpose", models.CharField(max_length=200)),
                    ("legal_basis", models.CharField(max_length=300)),
                    (
                        "left",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="lake.collection",
                        ),
                    ),
                    (
                        "right",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="lake.collection",
                        ),
                    ),
                    (
                        "left_request",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.sharerequest",
                        ),
                    ),
                    (
                        "right_request",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="exchange.sharerequest",
                        ),
                    ),
                    ("plan", models.JSONField()),
                    ("seen_by", models.JSONField()),
                    ("declared_by", models.CharField(max_length=64)),
                    ("declared_at", models.DateTimeField()),
                ],
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
                        "comparison",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="runs",
                            to="comparison.comparison",
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
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
                                ("left", "读左表"),
                                ("right", "读右表"),
                                ("comparing", "比对"),
                                ("writing", "记下结果"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("left_snapshot", models.BigIntegerField()),
                    ("right_snapshot", models.BigIntegerField()),
                    (
                        "repeats",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="comparison.run",
                        ),
                    ),
                    ("counts", models.JSONField(default=dict)),
                    ("chunk_rows", models.PositiveIntegerField(default=0)),
                    ("chunks", models.PositiveIntegerField(default=0)),
                    ("chunks_done", models.PositiveIntegerField(default=0)),
                    ("digest", models.CharField(blank=True, max_length=16)),
                    ("asked_by", models.CharField(max_length=64)),
                    ("asked_by_name", models.CharField(max_length=100)),
                    ("asked_at", models.DateTimeField()),
                    ("started_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("sentence", models.CharField(blank=True, max_length=500)),
                    ("is_stopping", models.BooleanField(default=False)),
                    ("tries", models.PositiveSmallIntegerField(default=0)),
                    ("rows_gone_at", models.DateTimeField(null=True, verbose_name="结果已清除")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("comparison", "number"), name="comparison_run_number"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ["waiting", "running"])),
                            fields=("comparison",),
                            name="comparison_run_open_once",
                        ),
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
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="results",
                            to="comparison.run",
                        ),
                    ),
                    ("id_number", models.CharField(max_length=18)),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("same", "两边都有，一致"),
                                ("differs", "两边都有，不一致"),
                                ("left_only", "只在左表"),
                                ("right_only", "只在右表"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("differing", models.PositiveSmallIntegerField()),
                    ("handed_at", models.DateTimeField(null=True, verbose_name="交给提供部门校核")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("run", "outcome", "id_number"), name="comparison_result_once"
                        )
                    ],
                },
            ),
        ),
    ]
