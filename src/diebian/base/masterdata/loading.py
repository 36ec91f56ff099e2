"""Bases of a city's folder: `master_data.yaml`. A second load of it changes nothing."""

from diebian.base.directory.public import Change, ProfileSection, Verb
from diebian.base.lake.public import is_collection
from diebian.security.identity.public import Actor, actor_by_username, is_account
from diebian.standards.profile import CityProfile

from .actions import declare
from .models import BaseVersion

FILE = "master_data.yaml"


def load_bases(profile: CityProfile, by: Actor, dry_run: bool = False) -> list[Change]:
    """A base of which a table is not collected yet, or whose declarer has no account yet, waits
    for a later load. `by` loads the folder; declared is by whoever the folder names.
    """
    del by
    told = []
    for one in profile.document(FILE).get("bases", []):
        tables = [source["table"] for source in one["sources"]]
        if not (is_account(one["declared_by"]) and all(is_collection(slug) for slug in tables)):
            continue
        kept = {name: part for name, part in one.items() if name != "declared_by"}
        rows = BaseVersion.objects.filter(base__slug=one["slug"]).order_by("-number")
        last = rows.first()
        if last is not None and last.plan == kept:
            continue
        told.append(Change(Verb.CHANGED if last else Verb.NEW, f"基础库 {one['title']}"))
        if not dry_run:
            declare(told=kept, by=actor_by_username(one["declared_by"]))
    return told


SECTION = ProfileSection(slug="master_data", diff_and_load=load_bases)
