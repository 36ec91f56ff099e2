import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_sheet_alterations"), ("elements", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="dataitem",
            name="element",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="elements.element",
                to_field="identifier",
            ),
        )
    ]
