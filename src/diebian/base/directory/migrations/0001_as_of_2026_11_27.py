import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("directory", "0001_initial"),
        ("directory", "0002_history"),
        ("directory", "0003_topics"),
        ("directory", "0004_dispute_days"),
        ("directory", "0005_sharing_promises"),
    ]

    initial = True

    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="City",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=6, unique=True)),
                    ("name", models.CharField(max_length=50)),
                    ("short_name", models.CharField(max_length=20)),
                    ("hotline", models.CharField(max_length=20)),
                    ("lead", models.CharField(max_length=18)),
                    ("is_sample", models.BooleanField(default=True)),
                    ("map", models.JSONField(default=dict)),
                    ("topics", models.JSONField(default=list)),
                    ("dispute_days", models.JSONField(default=dict)),
                    ("sharing_promises", models.JSONField(default=list)),
                ],
            ),
            migrations.CreateModel(
                name="Division",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=12)),
                    ("name", models.CharField(max_length=60)),
                    ("parent", models.CharField(blank=True, max_length=12)),
                    ("level", models.CharField(max_length=10)),
                    ("valid_from", models.DateField()),
                    ("valid_to", models.DateField(null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("valid_to", None)),
                            fields=("code",),
                            name="division_one_current",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="division_ends_after_it_begins",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="OrganisationVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=20)),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("name", models.CharField(max_length=100)),
                    ("short_name", models.CharField(max_length=100)),
                    ("parent", models.CharField(blank=True, max_length=20)),
                    ("division", models.CharField(max_length=12)),
                    ("mark", models.CharField(max_length=20)),
                    ("valid_from", models.DateField()),
                    ("valid_to", models.DateField(null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("valid_to", None)),
                            fields=("code",),
                            name="organisation_one_current",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to", None),
                                ("valid_to__gte", models.F("valid_from")),
                                _connector="OR",
                            ),
                            name="organisation_ends_after_it_begins",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CalendarDay",
                fields=[
                    ("day", models.DateField(primary_key=True, serialize=False)),
                    ("is_workday", models.BooleanField()),
                    ("is_official", models.BooleanField()),
                ],
            ),
        ),
    ]
