"""Who decides what in which county: every item that any window takes has one body for each."""

import pytest

from diebian.base.directory.loading.divisions import load_divisions
from diebian.base.directory.loading.organisations import load_organisations
from diebian.base.directory.loading.record import load_record
from diebian.base.directory.public import counties, county_of
from diebian.scenes.services.competence import Competence, code_of
from diebian.scenes.services.items.folder import wanted_in
from diebian.scenes.services.refusals import PlaceUnknown
from diebian.security.identity.public import PLATFORM
from diebian.standards.item_codes import Level, parts_of
from diebian.standards.profile import load

from .packs import WHOLE, Pack

pytestmark = pytest.mark.django_db
CITY_WIDE, COUNTIES = 369, 7


def test_every_city_wide_item_has_a_body_that_decides_in_every_county() -> None:
    profile = load(WHOLE)
    load_record(profile, dry_run=False)
    load_divisions(profile, dry_run=False)
    load_organisations(profile, by=PLATFORM, dry_run=False)
    facts = [one.facts for one in wanted_in(profile).values() if one.facts.city_wide]
    assert (len(facts), len(counties())) == (CITY_WIDE, COUNTIES)
    by_credit_code = {row["uscc"]: row for row in profile.organisations}
    resolved = {}
    for one in facts:
        competence = Competence(one)
        places = competence.places
        for county in counties():
            if places:
                with pytest.raises(PlaceUnknown):
                    competence.competent("")
            told = competence.competent(county if places else "")
            resolved[one.name, county] = told
            body = by_credit_code[told.credit_code]
            if told.level == Level.COUNTY:
                assert body["division_code"][:6] == county
                assert parts_of(code_of(one, told)).body == told.credit_code  # type: ignore[union-attr]
            else:
                assert told.credit_code == one.credit_code
                assert body["level"] == "city"
            assert told.reason
    assert len(resolved) == CITY_WIDE * COUNTIES
    in_counties = sum(told.level == Level.COUNTY for told in resolved.values())
    assert in_counties > len(resolved) * 0.9
    assert county_of(next(t for t in resolved.values() if t.level == Level.CITY).credit_code) == ""


def test_two_bodies_of_one_county_do_not_do_the_work_of_the_same_city_body(pack: Pack) -> None:
    pack.edit("organisations.csv", "division_code,", "division_code,counterpart,")
    lines = pack.text("organisations.csv").splitlines()
    for place, line in enumerate(lines[1:], 1):
        before, code, after = line.partition("000000,")
        own = "Y02" if line.startswith(("Y07", "Y08")) else "Y03" if "Y03" in line else ""
        lines[place] = f"{before}{code}{own},{after}"
    pack.write("organisations.csv", "\n".join(lines) + "\n")
    assert pack.says("organisations.csv:5", "县级机构才写对口")
    assert not pack.says("organisations.csv:9", "对口")


@pytest.fixture
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return Pack(tmp_path_factory.mktemp("city") / "city")
