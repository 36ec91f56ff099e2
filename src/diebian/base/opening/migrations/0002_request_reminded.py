from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("opening", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="datarequest",
            name="reminded",
            field=models.CharField(blank=True, max_length=10, verbose_name="已提醒到哪一级"),
        ),
    ]
