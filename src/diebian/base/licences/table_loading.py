"""Tables of licences of a city's folder: `licences.yaml`. A second load of it changes nothing."""

from diebian.base.directory.public import Change, ProfileSection, Verb
from diebian.base.lake.public import is_collection
from diebian.security.identity.public import Actor, actor_by_username, is_account
from diebian.standards.profile import CityProfile

from .declaring import declare
from .models import TableVersion

FILE = "licences.yaml"


def load_tables(profile: CityProfile, by: Actor, dry_run: bool = False) -> list[Change]:
    """One that is not collected yet, or whose declarer has no account yet, waits for a later load.
    `by` loads the folder; declared is by whoever the folder names.
    """
    del by
    told = []
    for one in profile.document(FILE).get("tables", []):
        if not (is_account(one["declared_by"]) and is_collection(one["table"])):
            continue
        kept = {name: part for name, part in one.items() if name != "declared_by"}
        last = TableVersion.objects.filter(table__slug=one["slug"]).order_by("-number").first()
        if last is not None and last.plan == kept:
            continue
        told.append(Change(Verb.CHANGED if last else Verb.NEW, f"证照表 {one['title']}"))
        if not dry_run:
            declare(told=kept, by=actor_by_username(one["declared_by"]))
    return told


SECTION = ProfileSection(slug="licence-tables", diff_and_load=load_tables)
