"""Themes are applied for in another's name; when a draft goes is kept with it, for a city may say
another number of days.
"""

from django.db import migrations, models

# As it was until now: a day, of a case that somebody fills for another a week.
DAYS = """
    UPDATE services_case SET lapses_at = opened_at
        + CASE WHEN acted_by = '' THEN interval '1 day' ELSE interval '7 days' END
    WHERE state = 'draft';
    UPDATE services_application SET lapses_at = opened_at + interval '1 day'
    WHERE state = 'draft';
"""


class Migration(migrations.Migration):
    dependencies = [("services", "0021_own_systems")]

    operations = [
        migrations.AddField(
            "application",
            "acted_by",
            models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField("application", "true_will_at", models.DateTimeField(null=True)),
        migrations.AddField("application", "lapses_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "lapses_at", models.DateTimeField(null=True)),
        migrations.RunSQL(DAYS, migrations.RunSQL.noop),
    ]
