from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corrections", "0005_told"),
    ]

    operations = [
        migrations.AlterField(
            model_name="correction",
            name="case_no",
            field=models.CharField(blank=True, max_length=40, verbose_name="办件"),
        ),
        migrations.AddField(
            model_name="correction",
            name="row",
            field=models.CharField(blank=True, max_length=100, verbose_name="哪一行"),
        ),
        migrations.AddField(
            model_name="correction",
            name="asking",
            field=models.CharField(blank=True, max_length=18),
        ),
        migrations.AddField(
            model_name="correction",
            name="request_key",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("request_key", ""), _negated=True),
                fields=("opened_by", "request_key"),
                name="correction_key_once",
            ),
        ),
    ]
