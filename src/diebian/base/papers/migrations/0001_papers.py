from uuid import uuid4

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("owner_key", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=200)),
                ("file_name", models.CharField(max_length=150)),
                ("media", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("given_at", models.DateTimeField()),
                ("given_by_name", models.CharField(max_length=100)),
                ("valid_until", models.DateField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_key", "kind"], name="paper_owner_kind"),
                    models.Index(fields=["digest"], name="paper_digest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_no", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="papers.paper",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["case_no"], name="paper_use_case")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paper", "case_no"), name="paper_used_once_per_case"
                    )
                ],
            },
        ),
    ]
