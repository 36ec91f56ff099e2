from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_dispute_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="city",
            name="sharing_promises",
            field=models.JSONField(default=list),
        ),
    ]
