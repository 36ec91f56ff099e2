import django.db.models.deletion
from django.db import migrations, models

# Until now the item's department decided every case of it.
BACKFILL = """
UPDATE services_case SET department_id = services_serviceitem.department_id
FROM services_serviceitem WHERE services_serviceitem.id = services_case.item_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_as_of_2026_11_27"),
        ("services", "0017_papers_of_themes"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="department",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.department",
            ),
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="case",
            name="place",
            field=models.CharField(blank=True, default="", max_length=6),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="case",
            name="competence",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
