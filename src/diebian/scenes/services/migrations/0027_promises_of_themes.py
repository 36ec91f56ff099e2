from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("services", "0026_places_of_themes")]

    operations = [
        migrations.CreateModel(
            name="ApplicationPromise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("identity", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=200)),
                ("until", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=100)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=deletion.PROTECT,
                        related_name="promises",
                        to="services.application",
                    ),
                ),
            ],
            options={
                "ordering": ["until", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "identity"), name="application_promises_once"
                    )
                ],
            },
        ),
    ]
