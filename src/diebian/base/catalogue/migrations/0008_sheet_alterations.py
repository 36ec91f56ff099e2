from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_review_and_reminders")]

    operations = [
        migrations.AddField(
            model_name="sheetupload",
            name="same",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sheetupload",
            name="edited",
            field=models.PositiveIntegerField(default=0, verbose_name="改了的草稿"),
        ),
        migrations.AddField(
            model_name="sheetupload",
            name="proposed",
            field=models.PositiveIntegerField(default=0, verbose_name="提出的变更"),
        ),
        migrations.AlterField(
            model_name="sheetupload",
            name="taken",
            field=models.PositiveIntegerField(default=0, verbose_name="新的草稿"),
        ),
    ]
