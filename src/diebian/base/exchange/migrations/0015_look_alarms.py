from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0014_sharing_of_columns"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookAlarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("resource", models.CharField(max_length=80)),
                ("system", models.CharField(max_length=64)),
                ("raised_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("nobody", models.PositiveIntegerField()),
                ("persons", models.PositiveIntegerField()),
                ("says", models.CharField(max_length=200)),
                ("has_suspended", models.BooleanField(default=False)),
                ("looked_at", models.DateTimeField(null=True)),
                ("looked_by", models.CharField(blank=True, max_length=100)),
                (
                    "finding",
                    models.CharField(blank=True, max_length=300, verbose_name="核实的结果"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("looked_at", None)),
                        fields=("resource", "system"),
                        name="look_alarm_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_at", None),
                            models.Q(("finding", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="look_alarm_over_has_finding",
                    ),
                ],
            },
        ),
    ]
