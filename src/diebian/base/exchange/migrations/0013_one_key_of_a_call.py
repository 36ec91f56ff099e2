from django.db import migrations, models

# Until now the guards hung on a parameter of exactly this name; from now on the contract says it.
PERSON = """
update catalogue_resource set contract = contract || '{"person": "id_number"}'
where kind = 'interface' and contract->'request' ? 'id_number' and not contract ? 'person'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_resource_kinds"),
        ("exchange", "0012_ruling"),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="code",
            field=models.CharField(blank=True, db_default="", max_length=60),
        ),
        migrations.AddField(
            model_name="journalline",
            name="code",
            field=models.CharField(blank=True, db_default="", max_length=60),
        ),
        migrations.RunSQL(PERSON, migrations.RunSQL.noop),
    ]
