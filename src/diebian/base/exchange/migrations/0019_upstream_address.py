from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0018_ladders")]

    operations = [
        migrations.AddField(
            model_name="upstream",
            name="address",
            field=models.CharField(blank=True, max_length=200, verbose_name="地址"),
        ),
    ]
