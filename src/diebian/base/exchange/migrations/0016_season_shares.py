from typing import Any

from django.db import migrations, models
from django.db.models import Max, Sum

COUNTS = ("admitted", "kept", "told_to_wait", "turned_away")


def one_row_for_each_broker(apps: Any, editor: Any) -> None:
    """On the way back: what the systems' rows tell, in one."""
    pulses = apps.get_model("exchange", "SeasonPulse")
    sums = {f"all_{name}": Sum(name) for name in COUNTS}
    told = pulses.objects.values("season", "broker")
    for row in list(told.annotate(last=Max("at"), until=Max("line_until"), **sums)):
        pulses.objects.filter(season=row["season"], broker=row["broker"]).delete()
        pulses.objects.create(
            season_id=row["season"],
            broker=row["broker"],
            at=row["last"],
            line_until=row["until"],
            **{name: row[f"all_{name}"] for name in COUNTS},
        )
    editor.execute("set constraints all immediate")  # the table is altered next


class Migration(migrations.Migration):
    dependencies = [("exchange", "0015_look_alarms")]

    operations = [
        migrations.RemoveConstraint(model_name="seasonpulse", name="season_pulse_once"),
        migrations.AddField(
            model_name="seasonpulse",
            name="system",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="seasonpulse",
            name="waiting",
            field=models.PositiveIntegerField(default=0, verbose_name="它有多少人在排"),
        ),
        migrations.AddField(
            model_name="seasonpulse",
            name="share",
            field=models.PositiveIntegerField(default=0, verbose_name="它最多可以排多少人"),
        ),
        migrations.RunPython(migrations.RunPython.noop, one_row_for_each_broker),
        migrations.AddConstraint(
            model_name="seasonpulse",
            constraint=models.UniqueConstraint(
                fields=("season", "broker", "system"), name="season_pulse_once"
            ),
        ),
    ]
