from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="dispute",
            name="bench",
            field=models.CharField(blank=True, max_length=6, verbose_name="由哪里协调"),
        ),
        migrations.AddField(
            model_name="dispute",
            name="is_common",
            field=models.BooleanField(default=False, verbose_name="由共同的上级协调"),
        ),
        migrations.AlterField(
            model_name="dispute",
            name="how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("talk", "双方协商一致"),
                    ("coordination", "按数据主管部门的协调意见"),
                    ("government", "按政府的决定"),
                ],
                max_length=20,
                verbose_name="怎样了结",
            ),
        ),
        migrations.AlterField(
            model_name="dispute",
            name="state",
            field=models.CharField(
                choices=[
                    ("talking", "双方协商中"),
                    ("coordination", "待数据主管部门协调"),
                    ("coordinated", "协调意见已出"),
                    ("government", "待政府决定"),
                    ("decided", "已有结果"),
                    ("withdrawn", "已撤回"),
                ],
                default="talking",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="what",
            field=models.CharField(
                choices=[
                    ("opened", "提出争议"),
                    ("said", "说明"),
                    ("gave_way", "提供部门改变答复"),
                    ("withdrawn", "撤回争议"),
                    ("referred", "协商不成，请求协调"),
                    ("advised", "提出协调意见"),
                    ("passed_on", "报政府决定"),
                    ("accepted", "接受协调意见"),
                    ("objected", "不接受协调意见"),
                    ("stood", "期满没有异议，协调意见生效"),
                    ("recorded", "登记政府的决定"),
                    ("carried_out", "结果已经落实"),
                ],
                max_length=20,
            ),
        ),
    ]
