from django.db import migrations, models

# What has been asked for is answered by the strictest of its columns. An entry that has come to be
# withheld since then gives no days of its own: such a request goes on as 有条件共享.
SAID = """
update exchange_sharerequest q set sharing = case
  when e.sharing = 'unconditional' and not exists (
    select 1 from catalogue_dataitem i
    where i.entry_id = e.id and i.sharing = 'conditional' and q.columns ? i.column)
  then 'unconditional' else 'conditional' end
from catalogue_resource r join catalogue_entry e on e.id = r.entry_id
where r.id = q.resource_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0013_one_key_of_a_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="sharerequest",
            name="sharing",
            field=models.CharField(
                choices=[
                    ("unconditional", "无条件共享"),
                    ("conditional", "有条件共享"),
                    ("never", "不予共享"),
                ],
                default="conditional",
                max_length=20,
                verbose_name="按哪一种答复",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(SAID, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="grant",
            name="withheld",
            field=models.JSONField(default=list, verbose_name="已告知不再给的信息项"),
        ),
    ]
