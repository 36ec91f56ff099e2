from django.db import migrations, models
from django.db.models import Q

# A case that was received before there were drafts was opened by its applicant, at that moment.
OPENED = "UPDATE services_case SET opened_at = received_at, opened_by = applicant_key"
STATES = [
    ("draft", "填写中"),
    ("received", "已收件"),
    ("under_review", "审核中"),
    ("supplement_requested", "等您补正"),
    ("approved", "已准予"),
    ("refused", "不予办理"),
    ("withdrawn", "已撤回"),
    ("lapsed", "草稿已到期"),
]
CHANNELS = [("online", "网上"), ("window", "窗口")]


class Migration(migrations.Migration):
    dependencies = [("services", "0002_item_marks")]

    operations = [
        migrations.AddField("case", "opened_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "opened_by", models.CharField(max_length=64, default="")),
        migrations.RunSQL(OPENED, migrations.RunSQL.noop),
        migrations.AlterField("case", "opened_at", models.DateTimeField()),
        migrations.AlterField("case", "opened_by", models.CharField(max_length=64)),
        migrations.AddField(
            "case",
            "channel",
            models.CharField(choices=CHANNELS, default="online", max_length=10),
        ),
        migrations.RemoveField("case", "once"),
        migrations.AlterField("case", "received_at", models.DateTimeField(null=True)),
        migrations.AlterField("case", "form", models.JSONField(default=dict)),
        migrations.AlterField("case", "attention", models.TextField(blank=True)),
        migrations.AlterField(
            "case", "state", models.CharField(choices=STATES, default="draft", max_length=30)
        ),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(
                condition=Q(state="draft"),
                fields=["applicant_key", "item"],
                name="case_one_draft_per_item",
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(state__in=["draft", "lapsed", "withdrawn"])
                | Q(received_at__isnull=False),
                name="case_received_has_moment",
            ),
        ),
    ]
