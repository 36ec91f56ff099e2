import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0003_first_versions_of_items")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="services.itemversion",
            ),
        ),
    ]
