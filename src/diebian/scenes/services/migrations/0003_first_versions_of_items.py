from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from diebian.kernel import clock

FACTS = ("name", "kind", "statutory_days", "statutory_unit", "statutory_source", "statutory_check",
         "promised_days", "promised_mark", "mark", "fee", "words")  # fmt: skip


def keep_what_was_in_force(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Items from before there were versions: as they stand, for the cases that were begun so. What
    the city's folder says beyond that is their next version, at the next load.
    """
    del schema_editor
    item, case, version = (
        apps.get_model("services", name) for name in ("ServiceItem", "Case", "ItemVersion")
    )
    for one in item.objects.select_related("department"):
        document = {name: getattr(one, name) for name in FACTS}
        made = version.objects.create(
            item=one,
            number=1,
            document={**document, "credit_code": one.department.credit_code},
            journey=one.journey,
            state="in_force",
            why="城市资料",
            written_by="平台",
            written_at=clock.now(),
            is_of_folder=True,
            valid_from=clock.today(),
        )
        case.objects.filter(item=one).update(version=made)


class Migration(migrations.Migration):
    dependencies = [("services", "0002_items_and_materials")]

    operations = [migrations.RunPython(keep_what_was_in_force, migrations.RunPython.noop)]
