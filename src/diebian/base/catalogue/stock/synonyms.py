"""Words of the city's folder that mean the same to whoever searches."""

from collections.abc import Iterable

from diebian.base.catalogue.models import Synonym
from diebian.base.directory.public import Change, Verb
from diebian.standards.profile import CityProfile


def load_synonyms(profile: CityProfile, *, dry_run: bool) -> list[Change]:
    """Groups are told as the folder writes them; the numbers of groups mean nothing outside."""
    rows = profile.rows("synonyms.csv")
    wanted = {tuple(row["words"].lower().split(";")) for row in rows}
    groups: dict[int, list[str]] = {}
    for word, group in Synonym.objects.order_by("pk").values_list("word", "group"):
        groups.setdefault(group, []).append(word)
    known = {tuple(words): group for group, words in groups.items()}
    gone, new = [one for one in known if one not in wanted], sorted(wanted - set(known))
    if not dry_run:
        Synonym.objects.filter(group__in=[known[one] for one in gone]).delete()
        _add(new, start=max([*known.values(), 0]) + 1)
    return [
        *(Change(Verb.NEW, f"同义词 {'、'.join(one)}") for one in new),
        *(Change(Verb.RETIRED, f"同义词 {'、'.join(one)}") for one in gone),
    ]


def _add(new: Iterable[tuple[str, ...]], start: int) -> None:
    Synonym.objects.bulk_create(
        Synonym(word=word, group=group)
        for group, words in enumerate(new, start=start)
        for word in dict.fromkeys(words)
    )
