from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def start_the_clocks(apps: Any, _: Any) -> None:
    """Where the moment is known: a grant's end or suspension. When an extension was asked for is
    not: that one has no clock.
    """
    requests = apps.get_model("exchange", "ShareRequest")
    grants = apps.get_model("exchange", "Grant")
    ended = grants.objects.filter(request=OuterRef("pk")).values("revoked_at")[:1]
    requests.objects.filter(state="closing").update(closing_at=Subquery(ended))
    grants.objects.filter(standing="suspended").update(step_at=models.F("revoked_at"))


class Migration(migrations.Migration):
    """How far the old ladder had come is not taken over: somebody may be reminded once more."""

    dependencies = [("exchange", "0017_counted_calls")]

    operations = [
        migrations.RemoveField(model_name="sharerequest", name="reminded"),
        migrations.AddField(
            model_name="sharerequest",
            name="closing_at",
            field=models.DateTimeField(null=True, verbose_name="停用"),
        ),
        migrations.AddField(
            model_name="sharerequest",
            name="extension_at",
            field=models.DateTimeField(null=True, verbose_name="要求延长"),
        ),
        migrations.AddField(
            model_name="grant",
            name="rectified",
            field=models.CharField(blank=True, max_length=300, verbose_name="怎样整改的"),
        ),
        migrations.AddField(
            model_name="grant",
            name="step_at",
            field=models.DateTimeField(null=True, verbose_name="整改或核实从何时起"),
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=20)),
                ("on", models.DateField(verbose_name="最后一天")),
                ("rung", models.CharField(max_length=10, verbose_name="提醒到哪一级")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="exchange.sharerequest",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("request", "step", "on"), name="reminder_once"
            ),
        ),
        migrations.RunPython(start_the_clocks, migrations.RunPython.noop),
    ]
