import uuid

import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("corrections", "0001_initial"),
        ("corrections", "0002_about_whom"),
        ("corrections", "0003_ruling"),
        ("corrections", "0004_reminded"),
        ("corrections", "0005_told"),
        ("corrections", "0006_by_anybody"),
        ("corrections", "0007_through"),
    ]

    initial = True

    dependencies = [
        ("catalogue", "0001_as_of_2026_11_27"),
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Correction",
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
                        "resource",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="catalogue.resource",
                        ),
                    ),
                    ("item", models.CharField(max_length=100, verbose_name="哪一项")),
                    (
                        "seen",
                        models.CharField(blank=True, max_length=300, verbose_name="现在的内容"),
                    ),
                    ("says", models.CharField(max_length=500, verbose_name="应当是什么")),
                    ("case_no", models.CharField(blank=True, max_length=40, verbose_name="办件")),
                    ("row", models.CharField(blank=True, max_length=100, verbose_name="哪一行")),
                    ("person_key", models.CharField(blank=True, max_length=40)),
                    ("id_number", models.CharField(blank=True, max_length=40)),
                    ("subject", models.CharField(max_length=64)),
                    ("asking", models.CharField(blank=True, max_length=18)),
                    ("opened_by", models.CharField(max_length=64)),
                    ("opened_by_name", models.CharField(max_length=100)),
                    ("request_key", models.CharField(blank=True, max_length=100)),
                    ("opened_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "待核实"),
                                ("confirmed", "属实，待改正"),
                                ("fixed", "已改正"),
                                ("rejected", "核实无误"),
                            ],
                            default="open",
                            max_length=20,
                        ),
                    ),
                    (
                        "answer",
                        models.CharField(blank=True, max_length=500, verbose_name="核实的结果"),
                    ),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("fixed_at", models.DateTimeField(null=True)),
                    (
                        "ruling",
                        models.CharField(blank=True, max_length=1000, verbose_name="按裁定改正"),
                    ),
                    ("reopened_at", models.DateTimeField(null=True, verbose_name="重新打开")),
                    (
                        "reminded",
                        models.CharField(blank=True, max_length=10, verbose_name="已提醒到哪一级"),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["state", "opened_at"], name="correction_state")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ["open", "confirmed"])),
                            fields=("resource", "item", "subject"),
                            name="correction_open_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("request_key", ""), _negated=True),
                            fields=("opened_by", "request_key"),
                            name="correction_key_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["open", "confirmed"]),
                                models.Q(("answer", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="correction_settled_says_how",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Told",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "correction",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="told",
                            to="corrections.correction",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("cases", models.JSONField(default=list, verbose_name="为这些办件查过")),
                    ("requests", models.JSONField(default=list, verbose_name="按这些共享申请收过")),
                    ("through", models.JSONField(default=list, verbose_name="经比对、基础库用过")),
                    ("people", models.PositiveSmallIntegerField(verbose_name="告知了几人")),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("correction", "department"), name="correction_told_once"
                        )
                    ],
                },
            ),
        ),
    ]
