import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
        ("services", "0020_city_wide"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseSystem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
                ("caller", models.CharField(max_length=64)),
                ("purpose", models.CharField(max_length=200)),
                ("push", models.CharField(max_length=60)),
                ("changes", models.CharField(max_length=60)),
                ("states", models.JSONField()),
                (
                    "here",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("retired_on", models.DateField(null=True)),
                ("heard_seq", models.BigIntegerField(default=0)),
                ("heard_at", models.DateTimeField(null=True)),
                ("away", models.CharField(blank=True, max_length=200)),
                ("compared_at", models.DateTimeField(null=True)),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.department",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("after", models.CharField(max_length=40)),
                ("then", models.CharField(max_length=40)),
                ("says", models.CharField(max_length=200)),
                ("retired_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("after", "then"), name="follow_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("not_there", "推送过，对方没有"),
                            ("not_here", "对方有，这里没有"),
                            ("ended_there", "对方办结，这里没有办结"),
                            ("ended_here", "这里办结，对方没有办结"),
                            ("unsent", "一直没有推送出去"),
                        ],
                        max_length=12,
                    ),
                ),
                ("case_no", models.CharField(max_length=40)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("found_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="services.casesystem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("system", "kind", "case_no"),
                        name="difference_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Followed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed",
                        to="services.case",
                    ),
                ),
                (
                    "follow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.follow",
                    ),
                ),
                (
                    "second",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="services.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "follow"), name="followed_once_per_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.BigIntegerField()),
                ("number", models.CharField(blank=True, max_length=60)),
                ("case_no", models.CharField(blank=True, max_length=40)),
                ("state", models.CharField(max_length=40)),
                ("says", models.CharField(blank=True, max_length=300)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("taken", "照此办了"),
                            ("noted", "只记下"),
                            ("late", "晚到，后面的已经办了"),
                            ("unknown", "这里没有这件"),
                            ("unfit", "不能照此办"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heard",
                        to="services.casesystem",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["system", "case_no", "seq"], name="heard_of_case")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("system", "seq"), name="heard_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Push",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "新办件"),
                            ("supplement", "补正到了"),
                            ("withdrawn", "申请人撤回"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等着推送"),
                            ("sent", "对方已收"),
                            ("dropped", "不用推送了"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="对方的编号")),
                ("tries", models.PositiveIntegerField(default=0)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pushes",
                        to="services.case",
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pushes",
                        to="services.casesystem",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_try_at"],
                        name="push_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "kind"), name="push_once_per_case_and_kind"
                    )
                ],
            },
        ),
    ]
