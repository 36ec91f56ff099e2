from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lake", "0002_definition_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="minutes",
            field=models.PositiveSmallIntegerField(default=30, verbose_name="最多收多少分钟"),
        ),
        migrations.AddField(
            model_name="collection",
            name="past_days",
            field=models.PositiveSmallIntegerField(
                default=30, verbose_name="湖里的过去至少留多少天"
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="push_days",
            field=models.PositiveSmallIntegerField(
                default=30, verbose_name="推送的原文进湖后留多少天"
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="bad_percent",
            field=models.PositiveSmallIntegerField(
                default=1, verbose_name="隔离超过百分之几告诉人"
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="trouble",
            field=models.CharField(
                blank=True,
                choices=[
                    ("held", "源变了，等您决定"),
                    ("failed", "没有收成"),
                    ("bad", "隔离的行太多"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="pushedbatch",
            name="rows_gone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 720)),
                name="collection_minutes_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("bad_percent__lte", 100)), name="collection_percent_bounded"
            ),
        ),
    ]
