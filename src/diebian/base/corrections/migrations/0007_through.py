from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corrections", "0006_by_anybody")]

    operations = [
        migrations.AddField(
            model_name="told",
            name="through",
            field=models.JSONField(default=list, verbose_name="经比对、基础库用过"),
        ),
    ]
