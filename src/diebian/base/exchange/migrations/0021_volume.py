from django.db import migrations, models
from django.db.models import Q

PER = [("day", "每天"), ("month", "每月"), ("term", "授权期内一共")]


class Migration(migrations.Migration):
    dependencies = [("exchange", "0020_base_as_a_mode")]

    operations = [
        migrations.AddField(
            model_name="sharerequest",
            name="volume",
            field=models.PositiveBigIntegerField(null=True, verbose_name="最多给多少"),
        ),
        migrations.AddField(
            model_name="sharerequest",
            name="volume_per",
            field=models.CharField(blank=True, choices=PER, default="", max_length=5),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="sharerequest",
            constraint=models.CheckConstraint(
                name="request_volume_of_a_period",
                condition=Q(volume=None, volume_per="") | (Q(volume__gte=1) & ~Q(volume_per="")),
            ),
        ),
    ]
