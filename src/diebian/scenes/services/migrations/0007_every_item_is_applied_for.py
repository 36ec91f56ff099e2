from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0006_themes")]

    operations = [
        migrations.AddField("case", "chosen", models.JSONField(default=dict)),
        migrations.AddField("case", "journey", models.JSONField(null=True)),
        migrations.AddField("case", "stated_at", models.DateTimeField(null=True)),
    ]
