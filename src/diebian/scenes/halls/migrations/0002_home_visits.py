import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("halls", "0001_halls"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("day", models.DateField()),
                ("half", models.CharField(choices=[("am", "上午"), ("pm", "下午")], max_length=2)),
                ("name", models.CharField(max_length=100)),
                ("phone", models.CharField(max_length=20)),
                ("area", models.CharField(max_length=60)),
                ("address", models.CharField(max_length=200)),
                ("about", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "等人上门"),
                            ("done", "办好了"),
                            ("not_met", "没见到人"),
                            ("cancelled", "已取消"),
                        ],
                        default="booked",
                        max_length=10,
                    ),
                ),
                ("asked_by", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("helper_key", models.CharField(blank=True, max_length=64)),
                ("helper_name", models.CharField(blank=True, max_length=100)),
                ("outcome", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "hall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="halls.hall",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["hall", "day", "state"], name="visit_day")],
            },
        ),
    ]
