from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_resource_kinds")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="reminded",
            field=models.CharField(blank=True, max_length=20, verbose_name="已提醒到哪一级"),
        ),
        migrations.AddField(
            model_name="entry",
            name="before",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="entrychange",
            name="reminded",
            field=models.CharField(blank=True, max_length=20, verbose_name="已提醒到哪一级"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["state", "review_due"], name="entry_state_review_due"),
        ),
    ]
