import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from diebian.kernel.tables import CreateModels

STATES = [
    ("in_force", "有效"),
    ("suspended", "已暂扣"),
    ("revoked", "已吊销或撤销"),
    ("cancelled", "已注销"),
    ("superseded", "已换发新版"),
    ("void", "发错作废"),
]
DOUBTS = [
    ("absent", "颁发部门的数据里现在没有这一行"),
    ("fault", "颁发部门的数据有错，等它改正"),
]
PROTECT = django.db.models.deletion.PROTECT


def key() -> "models.BigAutoField[Any, Any]":
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def to(model: str, related: str = "+", *, db_index: bool = True) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(on_delete=PROTECT, related_name=related, to=model, db_index=db_index)


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0002_companies"),
        ("licences", "0002_licence_types"),
    ]

    operations = [
        migrations.RenameField("licence", "status", "state"),
        migrations.AlterField(
            "licence",
            "state",
            models.CharField(choices=STATES, default="in_force", max_length=10),
        ),
        migrations.RunSQL(
            "update licences_licence set state = 'in_force' where state = 'valid'",
            "update licences_licence set state = 'valid' where state = 'in_force'",
        ),
        migrations.RemoveField("licencetype", "is_collected"),
        CreateModels(
            migrations.CreateModel(
                name="LicenceTable",
                fields=[
                    ("id", key()),
                    ("slug", models.SlugField(max_length=60, unique=True)),
                    ("title", models.CharField(max_length=200)),
                    ("collection", models.SlugField(max_length=60)),
                    ("registered_at", models.DateTimeField(null=True)),
                    ("department", to("identity.department")),
                    (
                        "types",
                        models.ManyToManyField(related_name="tables", to="licences.licencetype"),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="TableVersion",
                fields=[
                    ("id", key()),
                    ("number", models.PositiveIntegerField()),
                    ("plan", models.JSONField()),
                    ("declared_by", models.CharField(max_length=100)),
                    ("declared_at", models.DateTimeField()),
                    ("table", to("licences.licencetable", "versions")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=["table", "number"], name="licence_table_version"
                        )
                    ]
                },
            ),
            migrations.CreateModel(
                name="Registration",
                fields=[
                    ("id", key()),
                    ("snapshot", models.BigIntegerField()),
                    ("at", models.DateTimeField()),
                    (
                        "outcome",
                        models.CharField(
                            choices=[("done", "已登记"), ("refused", "没有登记")], max_length=10
                        ),
                    ),
                    ("sentence", models.CharField(blank=True, max_length=500)),
                    ("counts", models.JSONField(default=dict)),
                    ("table", to("licences.licencetable", "registrations")),
                    ("version", to("licences.tableversion")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=["version", "snapshot"], name="licence_registration_once"
                        )
                    ]
                },
            ),
            migrations.CreateModel(
                name="Held",
                fields=[
                    ("id", key()),
                    ("row_key", models.TextField()),
                    ("serial", models.BigIntegerField()),
                    ("version", models.PositiveSmallIntegerField(default=1)),
                    ("is_current", models.BooleanField(default=True)),
                    ("identifier", models.CharField(max_length=120)),
                    ("number", models.CharField(max_length=100)),
                    ("holder_number", models.CharField(max_length=18)),
                    ("holder_name", models.CharField(max_length=200)),
                    ("issued_on", models.DateField(null=True)),
                    ("valid_until", models.DateField(null=True)),
                    ("state", models.CharField(choices=STATES, max_length=10)),
                    ("doubt", models.CharField(blank=True, choices=DOUBTS, max_length=10)),
                    ("fields", models.JSONField(default=dict)),
                    ("table", to("licences.licencetable", db_index=False)),
                    ("type", to("licences.licencetype", db_index=False)),
                    ("registered", to("licences.registration", db_index=False)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=["identifier"], name="held_by_identifier"),
                        models.UniqueConstraint(
                            condition=Q(is_current=True),
                            fields=["table", "row_key"],
                            name="held_once_by_row",
                        ),
                    ],
                    "indexes": [models.Index(fields=["holder_number"], name="held_by_holder")],
                },
            ),
            migrations.CreateModel(
                name="HeldTurn",
                fields=[
                    ("id", key()),
                    ("was", models.CharField(blank=True, max_length=10)),
                    ("now", models.CharField(blank=True, max_length=10)),
                    ("held", to("licences.held", "turns")),
                    ("registration", to("licences.registration")),
                ],
            ),
            migrations.CreateModel(
                name="HeldFault",
                fields=[
                    ("id", key()),
                    ("row_key", models.TextField()),
                    ("reason", models.CharField(max_length=40)),
                    (
                        "table",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="faults",
                            to="licences.licencetable",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Copy",
                fields=[
                    ("id", key()),
                    (
                        "public_id",
                        models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                    ),
                    ("purpose", models.CharField(max_length=200)),
                    ("for_whom", models.CharField(max_length=100)),
                    ("case_no", models.CharField(blank=True, max_length=40)),
                    ("made_by", models.CharField(max_length=64)),
                    ("made_by_name", models.CharField(max_length=100)),
                    ("department", models.CharField(blank=True, max_length=18)),
                    ("made_at", models.DateTimeField()),
                    ("header", models.TextField()),
                    ("body", models.TextField()),
                    ("signature", models.CharField(max_length=128)),
                    ("held", to("licences.held", "copies")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=~Q(case_no=""),
                            fields=["held", "case_no", "department"],
                            name="copy_once_for_a_case",
                        )
                    ]
                },
            ),
        ),
    ]
