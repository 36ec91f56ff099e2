from diebian.base.directory.changes import Change, Verb, differences
from diebian.base.directory.models import Division
from diebian.kernel import clock
from diebian.standards.profile import CityProfile

FACTS = {"name": "名称", "parent": "上级", "level": "层级"}


def load_divisions(profile: CityProfile, *, dry_run: bool) -> list[Change]:
    """A new name or parent is a new row; the former one ends today."""
    known = {row.code: row for row in Division.objects.filter(valid_to=None)}
    wanted = {
        row["code"]: {"name": row["name"], "parent": row["parent_code"], "level": row["level"]}
        for row in profile.divisions
    }
    told: list[Change] = []
    changed = []
    for code, will in wanted.items():
        subject = f"区划 {code} {will['name']}"
        if code not in known:
            told.append(Change(Verb.NEW, subject))
            changed.append(code)
            continue
        was = {fact: getattr(known[code], fact) for fact in FACTS}
        if found := list(differences(subject, was, will, FACTS)):
            told += found
            changed.append(code)
    gone = [code for code in known if code not in wanted]
    told += [Change(Verb.RETIRED, f"区划 {code} {known[code].name}") for code in gone]
    if not dry_run and told:
        _write(changed, gone, wanted)
    return told


def _write(changed: list[str], gone: list[str], wanted: dict[str, dict[str, str]]) -> None:
    today = clock.today()
    Division.objects.filter(code__in=[*changed, *gone], valid_to=None).update(valid_to=today)
    Division.objects.bulk_create(
        Division(code=code, valid_from=today, **wanted[code]) for code in changed
    )
