from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="token",
            name="standing",
            field=models.CharField(
                choices=[
                    ("task", "待人办理"),
                    ("aside", "待人会签"),
                    ("service", "待系统办理"),
                    ("message", "等消息"),
                    ("timer", "等时间"),
                    ("call", "等另一件"),
                    ("fork", "等并行分支"),
                    ("many", "等各份办完"),
                    ("scope", "子流程办理中"),
                    ("queued", "等前一份办完"),
                    ("stuck", "走不下去"),
                ],
                max_length=8,
            ),
        ),
    ]
