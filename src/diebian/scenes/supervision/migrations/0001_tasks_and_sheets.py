import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Criterion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=40, unique=True)),
                    ("title", models.CharField(max_length=200)),
                    ("how", models.CharField(max_length=500)),
                    ("points", models.PositiveSmallIntegerField()),
                    ("retired_on", models.DateField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="Programme",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("slug", models.SlugField(max_length=40, unique=True)),
                    ("title", models.CharField(max_length=100)),
                    ("source", models.CharField(blank=True, max_length=500)),
                ],
            ),
            migrations.CreateModel(
                name="Terms",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("since", models.DateField(unique=True)),
                    ("days", models.JSONField(default=dict)),
                ],
            ),
            migrations.CreateModel(
                name="Site",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=40, unique=True)),
                    ("name", models.CharField(max_length=100)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("centre", "政务服务中心"),
                                ("branch", "分中心"),
                                ("station", "驿站"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("county", models.CharField(blank=True, max_length=6)),
                    ("mark", models.CharField(default="SAMPLE", max_length=20)),
                    ("retired_on", models.DateField(null=True)),
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
                name="Sheet",
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
                    ("period", models.CharField(max_length=6)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "待填"),
                                ("submitted", "已提交"),
                                ("checked", "已复核"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("is_sampled", models.BooleanField(default=False)),
                    ("opened_at", models.DateTimeField()),
                    (
                        "reminded",
                        models.CharField(blank=True, max_length=10, verbose_name="已提醒到哪一级"),
                    ),
                    ("submitted_at", models.DateTimeField(null=True)),
                    ("submitted_by_name", models.CharField(blank=True, max_length=100)),
                    ("checked_at", models.DateTimeField(null=True)),
                    ("checked_by_name", models.CharField(blank=True, max_length=100)),
                    (
                        "site",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sheets",
                            to="supervision.site",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Task",
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
                    ("code", models.CharField(max_length=40, unique=True)),
                    (
                        "origin",
                        models.CharField(
                            choices=[
                                ("plan", "工作部署"),
                                ("minutes", "会议纪要"),
                                ("instruction", "领导批示"),
                                ("proposal", "建议提案"),
                                ("finding", "自查发现的问题"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("origin_says", models.CharField(blank=True, max_length=500)),
                    ("title", models.CharField(max_length=200)),
                    ("wanted", models.CharField(max_length=1000)),
                    (
                        "co",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=18), default=list, size=None
                        ),
                    ),
                    ("owner", models.CharField(blank=True, max_length=64)),
                    ("owner_name", models.CharField(blank=True, max_length=100)),
                    ("due", models.DateField(null=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("raised", "待立项"),
                                ("registered", "已立项，待交办"),
                                ("assigned", "待签收"),
                                ("accepted", "已签收"),
                                ("reporting", "推进中"),
                                ("claimed", "报完成，待核实"),
                                ("verified", "已核实，待销号"),
                                ("closed", "已销号"),
                                ("declined", "不予立项"),
                            ],
                            default="raised",
                            max_length=12,
                        ),
                    ),
                    ("since", models.DateTimeField(verbose_name="这一步从何时起")),
                    (
                        "reminded",
                        models.CharField(blank=True, max_length=10, verbose_name="已提醒到哪一级"),
                    ),
                    ("mark", models.CharField(default="REAL", max_length=20)),
                    ("raised_at", models.DateTimeField()),
                    ("closed_at", models.DateTimeField(null=True)),
                    (
                        "lead",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    (
                        "programme",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tasks",
                            to="supervision.programme",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Score",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("how", models.CharField(max_length=500)),
                    ("most", models.PositiveSmallIntegerField()),
                    ("points", models.PositiveSmallIntegerField(null=True)),
                    ("says", models.CharField(blank=True, max_length=500)),
                    ("checked_points", models.PositiveSmallIntegerField(null=True)),
                    ("finding", models.CharField(blank=True, max_length=500)),
                    (
                        "criterion",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="supervision.criterion",
                        ),
                    ),
                    (
                        "sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="scores",
                            to="supervision.sheet",
                        ),
                    ),
                    (
                        "task",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="finding",
                            to="supervision.task",
                        ),
                    ),
                ],
                options={
                    "ordering": ["criterion__code"],
                },
            ),
            migrations.CreateModel(
                name="TaskEvent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "what",
                        models.CharField(
                            choices=[
                                ("raised", "提出"),
                                ("registered", "立项"),
                                ("declined", "不予立项"),
                                ("assigned", "交办"),
                                ("accepted", "签收"),
                                ("handed_back", "退回，不是本单位的事"),
                                ("reported", "反馈进展"),
                                ("step_done", "完成一步"),
                                ("claimed", "报完成"),
                                ("verified", "核实完成"),
                                ("failed", "核实未完成，继续推进"),
                                ("closed", "销号"),
                                ("urged", "催办"),
                                ("asked_longer", "申请延期"),
                                ("longer", "同意延期"),
                                ("not_longer", "不同意延期"),
                            ],
                            max_length=15,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("by_name", models.CharField(max_length=100)),
                    ("department", models.CharField(blank=True, max_length=18)),
                    ("text", models.CharField(blank=True, max_length=1000)),
                    ("link", models.CharField(blank=True, max_length=300)),
                    (
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="events",
                            to="supervision.task",
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="TaskExtension",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("was", models.DateField()),
                    ("until", models.DateField()),
                    ("reason", models.CharField(max_length=1000)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("asked", "等决定"),
                                ("granted", "已同意"),
                                ("declined", "没有同意"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("asked_by_name", models.CharField(max_length=100)),
                    ("asked_at", models.DateTimeField()),
                    ("decided_by_name", models.CharField(blank=True, max_length=100)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="extensions",
                            to="supervision.task",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="TaskStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("title", models.CharField(max_length=200)),
                    ("due", models.DateField()),
                    ("done_at", models.DateTimeField(null=True)),
                    (
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="steps",
                            to="supervision.task",
                        ),
                    ),
                ],
                options={
                    "ordering": ["due", "pk"],
                },
            ),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["period", "state"], name="sheet_period_state"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                fields=("site", "period"), name="sheet_once_per_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "checked"), _negated=True),
                    ("is_sampled", True),
                    _connector="OR",
                ),
                name="sheet_checked_was_sampled",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["state", "due"], name="task_state_due"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["raised", "registered", "declined"]),
                    models.Q(("due__isnull", False), ("lead__isnull", False)),
                    _connector="OR",
                ),
                name="task_assigned_has_lead_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    ("closed_at__isnull", False),
                    _connector="OR",
                ),
                name="task_closed_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("sheet", "criterion"), name="score_once_per_criterion"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("points", None), ("points__lte", models.F("most")), _connector="OR"),
                    models.Q(
                        ("checked_points", None),
                        ("checked_points__lte", models.F("most")),
                        _connector="OR",
                    ),
                ),
                name="score_within_points",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("link", ""), ("link__regex", "^/([^/\\\\]|$)"), _connector="OR"
                ),
                name="task_event_link_is_ours",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskextension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("task",),
                name="task_extension_asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("was"))), name="task_extension_later"
            ),
        ),
    ]
