from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0023_cards_page_by_page")]

    operations = [
        migrations.AddField(
            model_name="serviceitem",
            name="is_joint",
            field=models.BooleanField(default=False, verbose_name="几个部门统一、联合或集中办理"),
        ),
    ]
