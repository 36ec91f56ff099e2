import django.db.models.deletion
from django.db import migrations, models

# Of cases under way the days are not derived yet: whoever looks derives them, the first round keeps
# them.
OPEN_ONES = """
insert into services_keptoutlook (case_id, is_derived)
select id, false from services_case where state in
  ('received', 'under_review', 'supplement_requested', 'special_procedure', 'suspended')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0009_window"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptOutlook",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="outlook",
                        serialize=False,
                        to="services.case",
                    ),
                ),
                ("yellow_from", models.DateField(null=True)),
                ("red_from", models.DateField(null=True)),
                ("look_on", models.DateField(null=True)),
                ("looked_on", models.DateField(null=True)),
                ("is_derived", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["red_from"], name="outlook_red"),
                    models.Index(fields=["yellow_from"], name="outlook_yellow"),
                    models.Index(fields=["look_on"], name="outlook_look"),
                    models.Index(
                        condition=models.Q(("is_derived", False)),
                        fields=["case"],
                        name="outlook_open",
                    ),
                ],
            },
        ),
        migrations.RunSQL(OPEN_ONES, migrations.RunSQL.noop),
    ]
