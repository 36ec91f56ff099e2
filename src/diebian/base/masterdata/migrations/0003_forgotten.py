from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("masterdata", "0002_leaves")]

    operations = [
        migrations.AddField(
            model_name="base",
            name="forgotten",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
