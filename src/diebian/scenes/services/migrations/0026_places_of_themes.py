from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("services", "0025_scans_and_parcels")]

    operations = [
        migrations.AddField("application", "places", models.JSONField(default=dict)),
        migrations.AddField(
            "application",
            "window",
            models.ForeignKey(
                null=True,
                on_delete=deletion.PROTECT,
                related_name="+",
                to="identity.department",
            ),
        ),
        migrations.AddField(
            "application",
            "clerk_name",
            models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
    ]
