import uuid

import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("elements", "0001_initial")]

    initial = True

    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Element",
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
                        "identifier",
                        models.CharField(
                            blank=True, max_length=40, null=True, unique=True, verbose_name="标识符"
                        ),
                    ),
                    ("name", models.CharField(max_length=100, verbose_name="名称")),
                    ("aliases", models.JSONField(default=list, verbose_name="同义名称")),
                    ("definition", models.CharField(max_length=500, verbose_name="定义")),
                    (
                        "type",
                        models.CharField(
                            choices=[
                                ("C", "字符"),
                                ("N", "数值"),
                                ("D", "日期"),
                                ("T", "日期时间"),
                                ("B", "二进制"),
                                ("G", "空间"),
                            ],
                            max_length=2,
                            verbose_name="类型",
                        ),
                    ),
                    (
                        "format",
                        models.CharField(blank=True, max_length=20, verbose_name="表示格式"),
                    ),
                    (
                        "check_kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("id_number", "公民身份号码（GB 11643-1999）"),
                                ("credit_code", "统一社会信用代码（GB 32100-2015）"),
                                ("registration", "市场主体注册号（GS 15—2006）"),
                            ],
                            max_length=20,
                            verbose_name="校验",
                        ),
                    ),
                    ("codes", models.JSONField(default=list, verbose_name="值域")),
                    ("source", models.CharField(max_length=300, verbose_name="出处")),
                    ("mark", models.CharField(max_length=20)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("candidate", "候选"),
                                ("standard", "标准"),
                                ("retired", "退役"),
                                ("declined", "未采纳"),
                            ],
                            default="candidate",
                            max_length=20,
                        ),
                    ),
                    ("from_city", models.BooleanField(default=False)),
                    (
                        "proposer",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("proposed_by", models.CharField(blank=True, max_length=100)),
                    (
                        "why",
                        models.CharField(blank=True, max_length=300, verbose_name="为什么需要"),
                    ),
                    (
                        "reason",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="不采纳或退役的理由"
                        ),
                    ),
                    ("since", models.DateTimeField(verbose_name="这一状态从何时起")),
                    ("initials", models.CharField(blank=True, max_length=200)),
                    ("search_text", models.TextField(blank=True)),
                ],
                options={
                    "ordering": ["identifier", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["standard", "retired"]), _negated=True),
                                ("identifier__isnull", False),
                                _connector="OR",
                            ),
                            name="element_registered_has_identifier",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["retired", "declined"]), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="element_ended_has_reason",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "standard")),
                            fields=("name",),
                            name="element_name_once",
                        ),
                    ],
                },
            ),
        ),
    ]
