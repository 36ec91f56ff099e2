from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0003_reads_by_our_own_id"),
    ]

    operations = [
        migrations.AddIndex(model_name="read", index=BrinIndex(fields=["at"], name="read_at")),
    ]
