import django.db.models.deletion
from django.db import migrations, models

# What runs keeps the version that it began with: no program rewrites it.
KEEP = """
CREATE FUNCTION services_keep_theme_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version of a theme is never rewritten';
END $$;
CREATE TRIGGER services_keep_theme_version BEFORE UPDATE OR DELETE ON services_themeversion
FOR EACH ROW EXECUTE FUNCTION services_keep_theme_version();
"""
LET_GO = """
DROP TRIGGER services_keep_theme_version ON services_themeversion;
DROP FUNCTION services_keep_theme_version();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
        ("services", "0005_limits_of_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("cross", "跨部门"), ("personal", "一个部门")], max_length=10
                    ),
                ),
                ("objects_of", models.CharField(max_length=40, verbose_name="服务对象")),
                ("mark", models.CharField(default="SAMPLE", max_length=20)),
                ("members_mark", models.CharField(default="SAMPLE", max_length=20)),
                ("places", models.JSONField()),
                ("fault", models.TextField(blank=True)),
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
            name="ThemeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("drawing", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("compiled_at", models.DateTimeField()),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="services.theme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("theme", "number"), name="theme_version_number")
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
