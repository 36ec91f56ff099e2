import uuid

import django.db.models.deletion
from django.db import migrations, models

import diebian.standards.credit_code
from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("identity", "0001_initial"), ("identity", "0002_accounts")]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Department",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "credit_code",
                        models.CharField(
                            max_length=18,
                            unique=True,
                            validators=[diebian.standards.credit_code.validate_credit_code],
                        ),
                    ),
                    ("name", models.CharField(max_length=100)),
                ],
            ),
            migrations.CreateModel(
                name="Account",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("username", models.CharField(max_length=64, unique=True)),
                    ("password", models.CharField(max_length=256)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("person", "自然人"), ("official", "工作人员")], max_length=10
                        ),
                    ),
                    ("name", models.CharField(max_length=100)),
                    ("is_sample", models.BooleanField(default=False)),
                    ("failed_attempts", models.PositiveSmallIntegerField(default=0)),
                    ("locked_until", models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="Person",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "account",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="person",
                            to="identity.account",
                        ),
                    ),
                    ("id_kind", models.CharField(default="resident_id", max_length=20)),
                    ("id_number", models.CharField(max_length=40)),
                    ("phone", models.CharField(blank=True, max_length=20)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("id_kind", "id_number"), name="person_by_id_number"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Official",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "account",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="official",
                            to="identity.account",
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
                    ("posts", models.JSONField(default=list)),
                    ("region", models.CharField(blank=True, max_length=12)),
                ],
            ),
            migrations.CreateModel(
                name="System",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(max_length=64, unique=True)),
                    ("name", models.CharField(max_length=100)),
                    (
                        "department",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                ],
            ),
        ),
    ]
