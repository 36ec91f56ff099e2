import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0003_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Verified",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verified",
                        to="services.case",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "pk"],
            },
        ),
    ]
