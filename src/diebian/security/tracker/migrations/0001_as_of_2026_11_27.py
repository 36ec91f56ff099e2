import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("tracker", "0001_initial"),
        ("tracker", "0002_mass_reads"),
        ("tracker", "0003_reads_by_our_own_id"),
        ("tracker", "0004_reads_of_late"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Read",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("request_id", models.CharField(max_length=64, unique=True)),
                    ("client_call_id", models.CharField(blank=True, max_length=64)),
                    ("route", models.CharField(blank=True, max_length=80)),
                    ("at", models.DateTimeField()),
                    ("subject", models.CharField(max_length=64)),
                    ("reader_system", models.CharField(max_length=64)),
                    ("reader_person", models.CharField(max_length=100)),
                    ("department", models.CharField(max_length=18)),
                    ("purpose", models.CharField(max_length=200)),
                    ("case_no", models.CharField(max_length=40)),
                    ("resource", models.CharField(max_length=200)),
                    ("columns", models.TextField()),
                    ("outcome", models.CharField(max_length=20)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["subject", "at"], name="read_subject_at"),
                        models.Index(fields=["case_no"], name="read_case_no"),
                        django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="read_at"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MassRead",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("request_id", models.CharField(max_length=64, unique=True)),
                    ("at", models.DateTimeField()),
                    ("reader_system", models.CharField(max_length=64)),
                    ("reader_person", models.CharField(max_length=100)),
                    ("department", models.CharField(max_length=18)),
                    ("purpose", models.CharField(max_length=200)),
                    ("case_no", models.CharField(blank=True, max_length=40)),
                    ("resource", models.CharField(max_length=200)),
                    ("columns", models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name="MassReadSubject",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("subject", models.BinaryField(max_length=32)),
                    (
                        "read",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="subjects",
                            to="tracker.massread",
                        ),
                    ),
                    ("outcome", models.CharField(max_length=5)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("subject", "read"), name="mass_read_subject_once"
                        )
                    ],
                },
            ),
        ),
    ]
