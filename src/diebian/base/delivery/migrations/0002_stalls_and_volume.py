from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="stalled_at",
            field=models.DateTimeField(null=True, verbose_name="接收库从何时起没有答应"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="stalled_says",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="delivery",
            name="waits_until",
            field=models.DateTimeField(null=True, verbose_name="授权的量何时接着有"),
        ),
    ]
