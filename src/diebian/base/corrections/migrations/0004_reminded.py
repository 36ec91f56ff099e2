from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0003_ruling"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="reminded",
            field=models.CharField(blank=True, max_length=10, verbose_name="已提醒到哪一级"),
        ),
    ]
