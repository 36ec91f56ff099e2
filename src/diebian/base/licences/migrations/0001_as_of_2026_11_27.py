import uuid

import django.db.models.deletion
from django.db import migrations, models

from diebian.kernel.tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("licences", "0001_initial")]

    initial = True

    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Licence",
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
                    ("identifier", models.CharField(max_length=120, unique=True)),
                    ("title", models.CharField(max_length=100)),
                    (
                        "issuer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="identity.department",
                        ),
                    ),
                    ("holder_key", models.CharField(max_length=40)),
                    ("case_no", models.CharField(max_length=40)),
                    ("type_code", models.CharField(max_length=40)),
                    ("header", models.TextField()),
                    ("body", models.TextField()),
                    ("signature", models.CharField(max_length=128)),
                    (
                        "status",
                        models.CharField(
                            choices=[("valid", "有效"), ("revoked", "已撤销")],
                            default="valid",
                            max_length=10,
                        ),
                    ),
                    ("issued_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("case_no", "type_code"), name="licence_once_per_case"
                        )
                    ],
                },
            ),
        ),
    ]
