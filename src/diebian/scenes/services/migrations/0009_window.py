import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
        ("services", "0008_theme_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Guest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clerk_key", models.CharField(max_length=64, unique=True)),
                ("person_key", models.CharField(max_length=40)),
                ("seated_at", models.DateTimeField()),
                ("is_by_card", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="PaperSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("handed_by", models.CharField(max_length=64)),
                ("handed_by_name", models.CharField(max_length=100)),
                ("handed_from", models.CharField(max_length=100)),
                ("handed_at", models.DateTimeField()),
                ("confirmed_by_name", models.CharField(blank=True, max_length=100)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
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
            name="PaperTaken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("copies", models.PositiveSmallIntegerField()),
                ("is_original", models.BooleanField()),
                ("taken_by", models.CharField(max_length=64)),
                ("taken_by_name", models.CharField(max_length=100)),
                ("taken_at", models.DateTimeField()),
                ("has_arrived", models.BooleanField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers_taken",
                        to="services.case",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="services.papersheet",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Handout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("signed", "当面领取"), ("mailed", "邮寄")], max_length=10
                    ),
                ),
                ("to_name", models.CharField(max_length=100)),
                ("relation", models.CharField(blank=True, max_length=40)),
                ("carrier", models.CharField(blank=True, max_length=40)),
                ("parcel_no", models.CharField(blank=True, max_length=40)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("by_key", models.CharField(max_length=64)),
                ("by_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handout",
                        to="services.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parcel_no", ""), ("way", "signed")),
                            models.Q(("way", "mailed"), models.Q(("parcel_no", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="handout_parcel_has_number",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="papersheet",
            index=models.Index(
                condition=models.Q(("confirmed_at", None)),
                fields=["department", "handed_at"],
                name="paper_sheet_open",
            ),
        ),
    ]
