from django.db import migrations, models

KEEP = """
create trigger exchange_refused_kept before delete or update on exchange_refusedcall
for each row execute function exchange_refuse_rewrite();
"""
ALLOW = "drop trigger exchange_refused_kept on exchange_refusedcall"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0021_volume")]

    operations = [
        migrations.CreateModel(
            name="RefusedCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("request_id", models.CharField(max_length=64)),
                ("book", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("purpose", models.CharField(blank=True, max_length=200)),
                ("reader", models.CharField(blank=True, max_length=100)),
                ("case_no", models.CharField(blank=True, max_length=40)),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("columns", models.TextField(blank=True)),
                ("detail", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("request_id", "book"), name="refused_call_once")
                ]
            },
        ),
        migrations.RunSQL(KEEP, ALLOW),
    ]
