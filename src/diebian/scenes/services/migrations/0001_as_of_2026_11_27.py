import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("services", "0001_initial"),
        ("services", "0002_item_marks"),
        ("services", "0003_drafts"),
        ("services", "0004_verified"),
    ]

    initial = True

    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="ServiceItem",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=40, unique=True)),
                    ("name", models.CharField(max_length=200)),
                    ("kind", models.CharField(max_length=20)),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("statutory_days", models.PositiveSmallIntegerField(null=True)),
                    ("statutory_unit", models.CharField(blank=True, max_length=10)),
                    ("statutory_source", models.CharField(blank=True, max_length=200)),
                    ("promised_days", models.PositiveSmallIntegerField(null=True)),
                    ("promised_mark", models.CharField(blank=True, max_length=20)),
                    ("statutory_check", models.CharField(default="unknown", max_length=20)),
                    ("mark", models.CharField(default="SAMPLE", max_length=20)),
                    ("retired_on", models.DateField(null=True)),
                    ("fee", models.CharField(blank=True, max_length=100)),
                    ("words", models.TextField(blank=True)),
                    ("journey", models.JSONField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="Case",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("case_no", models.CharField(max_length=30, unique=True)),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cases",
                            to="services.serviceitem",
                        ),
                    ),
                    ("applicant_key", models.CharField(max_length=40)),
                    ("applicant_name", models.CharField(max_length=100)),
                    ("county", models.CharField(blank=True, max_length=6)),
                    ("form", models.JSONField(default=dict)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "填写中"),
                                ("received", "已收件"),
                                ("under_review", "审核中"),
                                ("supplement_requested", "等您补正"),
                                ("approved", "已准予"),
                                ("refused", "不予办理"),
                                ("withdrawn", "已撤回"),
                                ("lapsed", "草稿已到期"),
                            ],
                            default="draft",
                            max_length=30,
                        ),
                    ),
                    (
                        "channel",
                        models.CharField(
                            choices=[("online", "网上"), ("window", "窗口")],
                            default="online",
                            max_length=10,
                        ),
                    ),
                    ("opened_by", models.CharField(max_length=64)),
                    ("opened_at", models.DateTimeField()),
                    ("received_at", models.DateTimeField(null=True)),
                    ("next_try_at", models.DateTimeField(null=True)),
                    ("tries", models.PositiveIntegerField(default=0)),
                    ("waits_for", models.CharField(blank=True, max_length=200)),
                    ("attention", models.TextField(blank=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["state", "received_at"], name="case_state"),
                        models.Index(fields=["applicant_key"], name="case_applicant"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "draft")),
                            fields=("applicant_key", "item"),
                            name="case_one_draft_per_item",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["draft", "lapsed", "withdrawn"]),
                                ("received_at__isnull", False),
                                _connector="OR",
                            ),
                            name="case_received_has_moment",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CaseEvent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="events",
                            to="services.case",
                        ),
                    ),
                    ("kind", models.CharField(max_length=30)),
                    ("at", models.DateTimeField()),
                    ("actor", models.CharField(max_length=100)),
                    ("reason", models.CharField(blank=True, max_length=500)),
                ],
                options={
                    "ordering": ["at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Fetched",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="fetched",
                            to="services.case",
                        ),
                    ),
                    ("resource", models.CharField(max_length=60)),
                    ("title", models.CharField(max_length=200)),
                    ("call_id", models.CharField(max_length=64)),
                    ("rows", models.JSONField()),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("case", "resource"), name="fetched_once_per_case"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Verified",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="verified",
                            to="services.case",
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("label", models.CharField(max_length=100)),
                    (
                        "outcome",
                        models.CharField(
                            choices=[("matches", "一致"), ("differs", "不一致"), ("none", "查无")],
                            max_length=10,
                        ),
                    ),
                    ("by_name", models.CharField(max_length=100)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "ordering": ["-at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="SupplementNotice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "case",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="supplement",
                            to="services.case",
                        ),
                    ),
                    ("wanted", models.CharField(max_length=500)),
                    ("answer", models.TextField(blank=True)),
                    ("asked_at", models.DateTimeField()),
                    ("answered_at", models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="Rating",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "case",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rating",
                            to="services.case",
                        ),
                    ),
                    ("grade", models.PositiveSmallIntegerField()),
                    ("words", models.CharField(blank=True, max_length=500)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("grade__gte", 1), ("grade__lte", 5)),
                            name="rating_grade",
                        )
                    ],
                },
            ),
        ),
    ]
