"""What a city's folder says of its items."""

from pathlib import Path

import pytest

from diebian.scenes.services.items import facts
from diebian.scenes.services.items.facts import facts_in, kept
from diebian.scenes.services.items.folder import Wanted, wanted_in
from diebian.scenes.services.items.situations import faults
from diebian.scenes.services.materials.resolving import Way
from diebian.standards.item_codes import is_item_code
from diebian.standards.profile import load
from diebian.standards.profile.item_details import FIELD_KINDS, MOST_LATER, WAYS

CITIES = Path(__file__).parents[6] / "cities"


@pytest.fixture(scope="module", params=sorted(CITIES.iterdir()), ids=lambda folder: folder.name)
def wanted(request: pytest.FixtureRequest) -> dict[str, Wanted]:
    return wanted_in(load(request.param))


def test_every_item_has_a_code_of_its_own_and_questions_that_can_be_asked(
    wanted: dict[str, Wanted],
) -> None:
    codes = [one.facts.national_code for one in wanted.values()]
    assert all(map(is_item_code, codes))
    assert len(set(codes)) == len(codes)
    assert [fault for one in wanted.values() for fault in faults(one.facts)] == []


def test_what_is_kept_is_read_back(wanted: dict[str, Wanted]) -> None:
    assert all(kept(facts_in(kept(one.facts))) == kept(one.facts) for one in wanted.values())


def test_the_folder_and_the_scene_know_the_same_ways() -> None:
    assert set(WAYS) == {way for way in Way.values if way}
    assert (set(FIELD_KINDS), MOST_LATER) == (set(facts.FIELD_KINDS), facts.MOST_LATER)
