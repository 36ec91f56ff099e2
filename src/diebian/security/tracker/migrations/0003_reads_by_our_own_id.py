from django.db import migrations, models

# What the gateway wrote until now stood under the caller's word; it keeps that as its own id, too.
TOLD = "update tracker_read set client_call_id = request_id where reader_system <> 'page'"


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0002_mass_reads"),
    ]

    operations = [
        migrations.AddField(
            model_name="read",
            name="client_call_id",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="read",
            name="route",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]
