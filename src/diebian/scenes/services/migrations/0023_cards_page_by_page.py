from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0022_themes_for_others")]

    operations = [
        migrations.RemoveIndex(model_name="keptoutlook", name="outlook_red"),
        migrations.RemoveIndex(model_name="keptoutlook", name="outlook_yellow"),
        migrations.AddIndex(
            model_name="keptoutlook",
            index=models.Index(fields=["red_from", "case"], name="outlook_red_since"),
        ),
        migrations.AddIndex(
            model_name="keptoutlook",
            index=models.Index(fields=["yellow_from", "case"], name="outlook_yellow_since"),
        ),
    ]
