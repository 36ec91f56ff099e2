import uuid

import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("catalogue", "0001_initial"),
        ("catalogue", "0002_resource"),
        ("catalogue", "0003_items_and_review"),
        ("catalogue", "0004_themes_changes_and_stock"),
        ("catalogue", "0005_sheet_upload"),
        ("catalogue", "0006_resource_kinds"),
        ("catalogue", "0007_review_and_reminders"),
        ("catalogue", "0008_sheet_alterations"),
        ("catalogue", "0009_item_element"),
    ]

    initial = True

    dependencies = [
        ("elements", "0001_as_of_2026_11_27"),
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Entry",
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
                        "provider",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="名称")),
                    ("initials", models.CharField(blank=True, max_length=200)),
                    ("summary", models.CharField(blank=True, max_length=500, verbose_name="摘要")),
                    (
                        "theme",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("base.population", "基础库·人口"),
                                ("base.legal", "基础库·法人"),
                                ("base.geography", "基础库·自然资源和空间地理"),
                                ("base.economy", "基础库·宏观经济"),
                                ("base.licences", "基础库·电子证照"),
                                ("base.credit", "基础库·社会信用"),
                                ("theme.services", "主题库·政务服务"),
                                ("theme.social", "主题库·就业和社会保障"),
                                ("theme.health", "主题库·卫生健康"),
                                ("theme.education", "主题库·教育科技"),
                                ("theme.housing", "主题库·住房和城乡建设"),
                                ("theme.transport", "主题库·交通运输"),
                                ("theme.environment", "主题库·生态环境"),
                                ("theme.agriculture", "主题库·农业农村"),
                                ("theme.market", "主题库·市场监管"),
                                ("theme.finance", "主题库·财税金融"),
                                ("theme.culture", "主题库·文化旅游"),
                                ("theme.safety", "主题库·公共安全和应急"),
                                ("theme.governance", "主题库·社会治理"),
                                ("theme.openness", "主题库·政务公开"),
                                ("topic.benefits", "专题库·惠企惠民政策"),
                                ("topic.projects", "专题库·项目建设"),
                                ("topic.sensing", "专题库·物联感知"),
                                ("topic.supervision", "专题库·督查考核"),
                            ],
                            max_length=40,
                            verbose_name="主题",
                        ),
                    ),
                    ("county", models.CharField(blank=True, max_length=6, verbose_name="区划")),
                    (
                        "sharing",
                        models.CharField(
                            choices=[
                                ("unconditional", "无条件共享"),
                                ("conditional", "有条件共享"),
                                ("never", "不予共享"),
                            ],
                            max_length=20,
                            verbose_name="共享类型",
                        ),
                    ),
                    (
                        "sharing_basis",
                        models.CharField(blank=True, max_length=300, verbose_name="不予共享的依据"),
                    ),
                    (
                        "share_condition",
                        models.CharField(blank=True, max_length=300, verbose_name="共享条件"),
                    ),
                    (
                        "open_type",
                        models.CharField(
                            choices=[
                                ("unconditional", "无条件开放"),
                                ("conditional", "有条件开放"),
                                ("closed", "不予开放"),
                            ],
                            default="closed",
                            max_length=20,
                            verbose_name="开放类型",
                        ),
                    ),
                    (
                        "data_class",
                        models.CharField(
                            choices=[
                                ("general", "一般数据"),
                                ("important", "重要数据"),
                                ("core", "核心数据"),
                            ],
                            default="general",
                            max_length=20,
                            verbose_name="数据分类",
                        ),
                    ),
                    (
                        "level",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "1 级"), (2, "2 级"), (3, "3 级"), (4, "4 级")],
                            default=1,
                            verbose_name="数据级别",
                        ),
                    ),
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
                            default="irregular",
                            max_length=20,
                            verbose_name="更新周期",
                        ),
                    ),
                    (
                        "responsible",
                        models.CharField(blank=True, max_length=100, verbose_name="责任人"),
                    ),
                    ("review_due", models.DateField(verbose_name="复核期限")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "草稿"),
                                ("office_review", "待本部门审核"),
                                ("submitted", "待主管部门发布"),
                                ("published", "已发布"),
                                ("withdrawn", "已撤销"),
                            ],
                            default="draft",
                            max_length=20,
                        ),
                    ),
                    (
                        "assessed_by",
                        models.CharField(
                            blank=True,
                            max_length=100,
                            verbose_name="完成保密审查和个人信息评估的人",
                        ),
                    ),
                    ("assessed_on", models.DateField(null=True)),
                    ("submitted_at", models.DateTimeField(null=True)),
                    ("published_at", models.DateTimeField(null=True)),
                    (
                        "reason",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="退回或撤销的理由"
                        ),
                    ),
                    ("search_text", models.TextField(blank=True)),
                    (
                        "code",
                        models.CharField(
                            blank=True, max_length=40, verbose_name="城市资料中的编号"
                        ),
                    ),
                    ("mark", models.CharField(blank=True, max_length=20)),
                    ("digest", models.CharField(blank=True, max_length=64)),
                    (
                        "reminded",
                        models.CharField(blank=True, max_length=20, verbose_name="已提醒到哪一级"),
                    ),
                    ("before", models.JSONField(null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["state", "title"], name="entry_state_title"),
                        models.Index(fields=["state", "review_due"], name="entry_state_review_due"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("provider", "title"), name="entry_title_per_provider"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("code", ""), _negated=True),
                            fields=("code",),
                            name="entry_code_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("open_type", "unconditional"), _negated=True),
                                ("level__lt", 3),
                                _connector="OR",
                            ),
                            name="entry_open_to_all_is_harmless",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("sharing", "never"), _negated=True),
                                models.Q(("sharing_basis", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="entry_never_shared_has_basis",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "published"), _negated=True),
                                ("published_at__isnull", False),
                                _connector="OR",
                            ),
                            name="entry_published_has_moment",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("state__in", ["office_review", "submitted"]), _negated=True
                                ),
                                models.Q(
                                    models.Q(("assessed_by", ""), _negated=True),
                                    ("assessed_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="entry_in_review_is_assessed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "submitted"), _negated=True),
                                ("submitted_at__isnull", False),
                                _connector="OR",
                            ),
                            name="entry_submitted_has_moment",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DataItem",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="items",
                            to="catalogue.entry",
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField()),
                    ("name", models.CharField(max_length=100, verbose_name="名称")),
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
                    ("length", models.CharField(blank=True, max_length=10, verbose_name="长度")),
                    (
                        "level",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "1 级"), (2, "2 级"), (3, "3 级"), (4, "4 级")],
                            verbose_name="级别",
                        ),
                    ),
                    (
                        "privacy",
                        models.CharField(
                            choices=[
                                ("none", "非个人信息"),
                                ("personal", "个人信息"),
                                ("sensitive", "敏感个人信息"),
                            ],
                            max_length=20,
                            verbose_name="个人信息",
                        ),
                    ),
                    (
                        "column",
                        models.CharField(blank=True, max_length=60, verbose_name="接口列名"),
                    ),
                    (
                        "element",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="elements.element",
                            to_field="identifier",
                        ),
                    ),
                    (
                        "sharing",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("unconditional", "无条件共享"),
                                ("conditional", "有条件共享"),
                                ("never", "不予共享"),
                            ],
                            max_length=20,
                            verbose_name="共享类型",
                        ),
                    ),
                ],
                options={
                    "ordering": ["place"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("entry", "name"), name="item_name_per_entry"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("column", ""), _negated=True),
                            fields=("entry", "column"),
                            name="item_column_per_entry",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("level__gte", 1), ("level__lte", 4)),
                            name="item_level_1_to_4",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EntryChange",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="changes",
                            to="catalogue.entry",
                        ),
                    ),
                    ("why", models.CharField(max_length=300, verbose_name="变更的理由")),
                    ("before", models.JSONField(null=True)),
                    ("after", models.JSONField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("office_review", "待本部门审核"),
                                ("submitted", "待主管部门发布"),
                                ("returned", "已退回"),
                                ("published", "已发布"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("proposed_by", models.CharField(max_length=100)),
                    ("proposed_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(null=True)),
                    ("published_at", models.DateTimeField(null=True)),
                    ("since", models.DateTimeField(null=True, verbose_name="此前版本的开始")),
                    (
                        "reason",
                        models.CharField(blank=True, max_length=300, verbose_name="退回的理由"),
                    ),
                    (
                        "reminded",
                        models.CharField(blank=True, max_length=20, verbose_name="已提醒到哪一级"),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "published"), _negated=True),
                            fields=("entry",),
                            name="change_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "published"), _negated=True),
                                models.Q(
                                    ("before__isnull", False),
                                    ("published_at__isnull", False),
                                    ("since__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="change_published_keeps_what_was",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "submitted"), _negated=True),
                                ("submitted_at__isnull", False),
                                _connector="OR",
                            ),
                            name="change_submitted_has_moment",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SheetUpload",
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
                        "provider",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("name", models.CharField(max_length=200)),
                    ("uploaded_by", models.CharField(max_length=100)),
                    ("uploaded_at", models.DateTimeField()),
                    ("right", models.JSONField(default=list)),
                    ("faults", models.JSONField(default=list)),
                    ("wrong", models.PositiveIntegerField(default=0)),
                    ("same", models.PositiveIntegerField(default=0)),
                    ("taken", models.PositiveIntegerField(default=0, verbose_name="新的草稿")),
                    ("edited", models.PositiveIntegerField(default=0, verbose_name="改了的草稿")),
                    ("proposed", models.PositiveIntegerField(default=0, verbose_name="提出的变更")),
                    ("taken_at", models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="Synonym",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("word", models.CharField(max_length=40)),
                    ("group", models.PositiveIntegerField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("word", "group"), name="synonym_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Resource",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="resources",
                            to="catalogue.entry",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("table", "库表"), ("file", "文件"), ("interface", "接口")],
                            default="interface",
                            max_length=20,
                        ),
                    ),
                    ("slug", models.SlugField(max_length=60, unique=True)),
                    ("title", models.CharField(max_length=200)),
                    ("contract", models.JSONField()),
                    ("mounted_at", models.DateTimeField()),
                    ("probed_at", models.DateTimeField(null=True, verbose_name="最近一次试用成功")),
                    ("unmounted_at", models.DateTimeField(null=True)),
                    (
                        "unmounted_why",
                        models.CharField(blank=True, max_length=300, verbose_name="卸载的理由"),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("unmounted_at", None),
                                models.Q(("unmounted_why", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="resource_unmounted_has_reason",
                        )
                    ],
                },
            ),
        ),
    ]
