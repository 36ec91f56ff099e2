import django.db.models.deletion
from django.db import migrations, models

AS_THEY_ARE = """
update exchange_upstream set held_as = 'upstream-' || system;
insert into exchange_upstreamaddress (upstream_id, address, key_id, since, by, reason)
select id, address, key_id, key_since, '平台', '登记' from exchange_upstream;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0022_refused_calls")]

    operations = [
        migrations.AddField(
            model_name="upstream",
            name="held_as",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="UpstreamAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200)),
                ("key_id", models.CharField(max_length=60)),
                ("since", models.DateTimeField()),
                ("by", models.CharField(max_length=100)),
                ("reason", models.CharField(max_length=300)),
                (
                    "upstream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="exchange.upstream",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(AS_THEY_ARE, migrations.RunSQL.noop),
    ]
