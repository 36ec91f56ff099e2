from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_as_of_2026_11_27")]

    operations = [
        migrations.AddField(
            model_name="organisationversion",
            name="counterpart",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
    ]
