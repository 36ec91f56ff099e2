import uuid

import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("disputes", "0001_initial"), ("disputes", "0002_levels")]

    initial = True

    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Dispute",
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
                    ("kind", models.SlugField(max_length=40)),
                    ("about", models.CharField(max_length=64)),
                    ("title", models.CharField(max_length=300)),
                    ("answer", models.CharField(max_length=1000, verbose_name="原来的答复")),
                    ("link", models.CharField(max_length=200)),
                    (
                        "asking",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    (
                        "provider",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    (
                        "bench",
                        models.CharField(blank=True, max_length=6, verbose_name="由哪里协调"),
                    ),
                    (
                        "is_common",
                        models.BooleanField(default=False, verbose_name="由共同的上级协调"),
                    ),
                    ("opened_by", models.CharField(max_length=64)),
                    ("opened_by_name", models.CharField(max_length=100)),
                    ("opened_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("talking", "双方协商中"),
                                ("coordination", "待数据主管部门协调"),
                                ("coordinated", "协调意见已出"),
                                ("government", "待政府决定"),
                                ("decided", "已有结果"),
                                ("withdrawn", "已撤回"),
                            ],
                            default="talking",
                            max_length=20,
                        ),
                    ),
                    ("since", models.DateTimeField(verbose_name="这一步从何时起")),
                    (
                        "reminded",
                        models.CharField(blank=True, max_length=20, verbose_name="已提醒到哪一级"),
                    ),
                    (
                        "opinion",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("upheld", "维持原来的答复"),
                                ("overturned", "改变原来的答复"),
                            ],
                            max_length=20,
                            verbose_name="协调意见",
                        ),
                    ),
                    (
                        "document_no",
                        models.CharField(blank=True, max_length=60, verbose_name="政府决定的文号"),
                    ),
                    ("decided_on", models.DateField(null=True, verbose_name="政府决定的日期")),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("upheld", "维持原来的答复"),
                                ("overturned", "改变原来的答复"),
                            ],
                            max_length=20,
                            verbose_name="结果",
                        ),
                    ),
                    (
                        "how",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("talk", "双方协商一致"),
                                ("coordination", "按数据主管部门的协调意见"),
                                ("government", "按政府的决定"),
                            ],
                            max_length=20,
                            verbose_name="怎样了结",
                        ),
                    ),
                    (
                        "ruling",
                        models.CharField(blank=True, max_length=1000, verbose_name="结果的理由"),
                    ),
                    ("carried_out_at", models.DateTimeField(null=True, verbose_name="已经落实")),
                ],
                options={
                    "indexes": [models.Index(fields=["state", "since"], name="dispute_state")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    ["talking", "coordination", "coordinated", "government"],
                                )
                            ),
                            fields=("kind", "about", "asking"),
                            name="dispute_open_once",
                            nulls_distinct=False,
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "decided"), _negated=True),
                                models.Q(
                                    models.Q(("outcome", ""), _negated=True),
                                    models.Q(("how", ""), _negated=True),
                                    models.Q(("ruling", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="dispute_decided_says_how",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("how", "government"), _negated=True),
                                models.Q(
                                    models.Q(("document_no", ""), _negated=True),
                                    ("decided_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="dispute_government_has_document",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Event",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="events",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "what",
                        models.CharField(
                            choices=[
                                ("opened", "提出争议"),
                                ("said", "说明"),
                                ("gave_way", "提供部门改变答复"),
                                ("withdrawn", "撤回争议"),
                                ("referred", "协商不成，请求协调"),
                                ("advised", "提出协调意见"),
                                ("passed_on", "报政府决定"),
                                ("accepted", "接受协调意见"),
                                ("objected", "不接受协调意见"),
                                ("stood", "期满没有异议，协调意见生效"),
                                ("recorded", "登记政府的决定"),
                                ("carried_out", "结果已经落实"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("by_key", models.CharField(max_length=64)),
                    ("by_name", models.CharField(max_length=100)),
                    ("department", models.CharField(blank=True, max_length=18)),
                    ("text", models.CharField(blank=True, max_length=1000)),
                ],
            ),
        ),
    ]
