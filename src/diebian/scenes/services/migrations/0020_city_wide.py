import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
        ("services", "0019_every_case_has_a_department"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reception",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("county", models.CharField(blank=True, max_length=6)),
                ("clerk", models.CharField(max_length=64)),
                ("clerk_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reception",
                        to="services.case",
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
            ],
            options={
                "indexes": [models.Index(fields=["department", "at"], name="reception_of_window")],
            },
        ),
    ]
