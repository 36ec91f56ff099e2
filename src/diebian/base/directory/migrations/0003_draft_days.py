from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_counterparts")]

    operations = [
        migrations.AddField(
            model_name="city", name="draft_days", field=models.JSONField(default=dict)
        ),
    ]
