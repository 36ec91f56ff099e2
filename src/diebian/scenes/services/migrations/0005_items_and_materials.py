import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# What an item said is what running cases and people rely on: no program rewrites it.
KEEP = """
CREATE FUNCTION services_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('passed', 'in_force', 'replaced') AND (
    TG_OP = 'DELETE'
    OR NEW.document IS DISTINCT FROM OLD.document
    OR NEW.journey IS DISTINCT FROM OLD.journey
    OR NEW.item_id <> OLD.item_id
    OR NEW.number <> OLD.number
  ) THEN RAISE EXCEPTION 'a version that was passed is never rewritten'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER services_keep_version BEFORE UPDATE OR DELETE ON services_itemversion
FOR EACH ROW EXECUTE FUNCTION services_keep_version();
"""
LET_GO = """
DROP TRIGGER services_keep_version ON services_itemversion;
DROP FUNCTION services_keep_version();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0004_verified"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("demanded", models.PositiveIntegerField()),
                ("spared", models.PositiveIntegerField()),
                ("brought", models.PositiveIntegerField()),
                ("open_pairs", models.JSONField()),
                ("changes", models.JSONField()),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="serviceitem",
            name="city_wide",
            field=models.BooleanField(default=False, verbose_name="全市通办"),
        ),
        migrations.AddField(
            model_name="serviceitem",
            name="cross_region",
            field=models.BooleanField(default=False, verbose_name="跨省通办"),
        ),
        migrations.AddField(
            model_name="serviceitem",
            name="digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="serviceitem",
            name="materials",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="serviceitem",
            name="national_code",
            field=models.CharField(blank=True, max_length=33, verbose_name="国家编码"),
        ),
        migrations.AddField(
            model_name="serviceitem",
            name="national_mark",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="serviceitem",
            name="system",
            field=models.CharField(blank=True, max_length=40, verbose_name="自建系统"),
        ),
        migrations.AddField(
            model_name="supplementnotice",
            name="materials",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list, size=None
            ),
        ),
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("journey", models.JSONField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("office_review", "待本部门审核"),
                            ("submitted", "待主管部门审核"),
                            ("passed", "已通过，等生效日"),
                            ("in_force", "正在执行"),
                            ("replaced", "已被替代"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="修改的理由")),
                ("written_by", models.CharField(max_length=100)),
                ("written_at", models.DateTimeField()),
                ("is_of_folder", models.BooleanField(default=False)),
                ("approved_by", models.CharField(blank=True, max_length=100)),
                ("passed_by", models.CharField(blank=True, max_length=100)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("valid_from", models.DateField(null=True, verbose_name="生效日")),
                ("valid_until", models.DateField(null=True, verbose_name="最后一天")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="退回的理由")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="services.serviceitem",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "number"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="services.itemversion",
            ),
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="名称")),
                ("identity", models.CharField(max_length=240, verbose_name="规范身份")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("LICENCE", "证照"),
                            ("DATA", "部门数据"),
                            ("FORM", "表单"),
                            ("DOC", "文件"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                (
                    "licence_type",
                    models.CharField(blank=True, max_length=40, verbose_name="证照类型"),
                ),
                ("dataset", models.CharField(blank=True, max_length=200, verbose_name="数据目录")),
                ("provider", models.CharField(blank=True, max_length=18, verbose_name="提供部门")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        default=list,
                        size=None,
                        verbose_name="别名",
                    ),
                ),
                ("mark", models.CharField(default="SAMPLE", max_length=20, verbose_name="标记")),
                ("proposed_by", models.CharField(blank=True, max_length=200)),
                ("retired_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "LICENCE"), ("licence_type", ""), _negated=True),
                            models.Q(("dataset", ""), ("kind", "DATA"), _negated=True),
                        ),
                        name="material_says_what_is_behind",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.UniqueConstraint(
                fields=("item", "number"), name="item_version_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")),
                fields=("item",),
                name="item_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "office_review", "submitted", "passed"))
                ),
                fields=("item",),
                name="item_one_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("passed", "in_force", "replaced")), _negated=True),
                    ("valid_from__isnull", False),
                    _connector="OR",
                ),
                name="item_version_in_force_has_day",
            ),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
