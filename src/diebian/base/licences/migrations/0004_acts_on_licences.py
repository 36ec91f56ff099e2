import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("licences", "0003_held_licences")]

    operations = [
        migrations.CreateModel(
            name="LicenceAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("suspend", "暂扣"),
                            ("restore", "恢复"),
                            ("revoke", "吊销或撤销"),
                            ("cancel", "注销"),
                            ("void", "作废（发错了）"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("basis", models.CharField(max_length=200)),
                ("proposed_by", models.CharField(max_length=64)),
                ("proposed_by_name", models.CharField(max_length=100)),
                ("proposed_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("proposed", "等负责人同意"),
                            ("agreed", "已同意"),
                            ("declined", "不同意"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=64)),
                ("decided_by_name", models.CharField(blank=True, max_length=100)),
                ("decided_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=500)),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="licences.licence",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(verdict="proposed"),
                        fields=["licence"],
                        name="licence_act_one_at_once",
                    ),
                    models.CheckConstraint(
                        condition=~Q(decided_by=F("proposed_by")), name="licence_act_by_two"
                    ),
                ]
            },
        ),
    ]
