"""What several sources know of one resource and one aspect is put together, whoever comes last."""

from collections.abc import Mapping, Sequence

import pytest

from diebian.base.catalogue import health
from diebian.base.catalogue.health import Aspect, HealthSource, Reading, health_of
from diebian.base.catalogue.models import Entry
from diebian.base.catalogue.mounting import mount_resource
from diebian.kernel.registry import Registry

from .factories import a_manager, a_published_entry

GOOD, BAD, UNKNOWN = Reading(True, "九十分"), Reading(False, "答得不对"), Reading(None, "没查成")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "is_good", "says"),
    [
        ((BAD, GOOD), False, "答得不对；九十分"),
        ((GOOD, BAD), False, "答得不对；九十分"),
        ((UNKNOWN, BAD), False, "答得不对；没查成"),
        ((UNKNOWN, GOOD), True, "九十分；没查成"),
        ((GOOD, UNKNOWN, BAD), False, "答得不对；九十分；没查成"),
        ((GOOD, GOOD), True, "九十分"),
        ((UNKNOWN,), None, "没查成"),
    ],
)
def test_what_is_bad_always_shows_and_what_is_unknown_hides_nothing(
    monkeypatch: pytest.MonkeyPatch, told: Sequence[Reading], is_good: bool | None, says: str
) -> None:
    monkeypatch.setattr(health, "health_sources", _sources(told))
    assert _correct(_mounted("one")) == Reading(is_good, says)


@pytest.mark.django_db
def test_an_entry_is_not_good_while_one_of_its_resources_is_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "health_sources", _sources([GOOD, UNKNOWN], other=UNKNOWN))
    assert _correct(_mounted("one", "other")) == Reading(None, "九十分；没查成")


def _sources(told: Sequence[Reading], other: Reading | None = None) -> Registry[HealthSource]:
    """One source for each reading of `one`, in this order."""
    made: Registry[HealthSource] = Registry("health source")
    for place, reading in enumerate(told):
        found = {"one": reading} | ({"other": other} if other else {})

        def tell(slugs: Sequence[str], found: Mapping[str, Reading] = found) -> dict[str, Reading]:
            return {slug: found[slug] for slug in slugs if slug in found}

        made.register(HealthSource(slug=f"source-{place}", aspect=Aspect.CORRECT, tell=tell))
    return made


def _correct(entry: Entry) -> Reading:
    return next(one.reading for one in health_of(entry) if one.aspect == Aspect.CORRECT)


def _mounted(*slugs: str) -> Entry:
    entry = a_published_entry()
    for slug in slugs:
        mount_resource(entry_id=entry.public_id, slug=slug, title=slug, by=a_manager(),
                       contract={"fields": {"site": "zd"}}, probe=lambda _: {"site"})  # fmt: skip
    return entry
