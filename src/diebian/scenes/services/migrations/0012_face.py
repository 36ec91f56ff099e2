import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0011_ratings"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("received", models.PositiveIntegerField(default=0)),
                ("decided", models.PositiveIntegerField(default=0)),
                ("kept_promise", models.PositiveIntegerField(default=0)),
                ("kept_law", models.PositiveIntegerField(default=0)),
                ("causes", models.JSONField(default=dict)),
                ("kept_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
                        to="services.serviceitem",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["month"], name="item_month_month")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "month"), name="item_month_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept_promise__lte", models.F("decided")),
                            ("kept_law__lte", models.F("decided")),
                        ),
                        name="item_month_kept_within_decided",
                    ),
                ],
            },
        ),
    ]
