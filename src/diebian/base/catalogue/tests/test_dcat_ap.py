"""The catalogue as harvesters read it conforms to DCAT-AP 3.0, and what would not is found."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from diebian.base.catalogue.models import Entry
from diebian.standards.metadata import UpdateCycle
from diebian.standards.sharing import OpenType
from diebian.standards.themes import Theme
from tests.dcat_ap import faults_of

from .factories import THEIRS, a_published_entry, a_resource

pytestmark = pytest.mark.django_db
Told = dict[str, Any]
BREAKS: dict[str, Callable[[Told], object]] = {
    "dcat:Dataset dct:title MinCount": lambda told: told.pop("dct:title"),
    "dcat:Dataset dct:description NodeKind": lambda told: told.update(
        {"dct:description": {"@id": "http://x/"}}
    ),
    "dcat:Dataset dct:publisher MaxCount": lambda told: told.update(
        {"dct:publisher": [{"@type": "foaf:Agent", "foaf:name": name} for name in "甲乙"]}
    ),
    "dcat:Dataset dct:accessRights Class": lambda told: told["dct:accessRights"].pop("@type"),
    "dcat:Distribution dcat:accessURL MinCount": lambda told: told["dcat:distribution"][0].pop(
        "dcat:accessURL"
    ),
    "foaf:Agent foaf:name MinCount": lambda told: told["dct:publisher"].pop("foaf:name"),
}


def test_the_catalogue_and_each_dataset_conform(client: Client) -> None:
    for number, (cycle, open_type) in enumerate(
        zip(UpdateCycle, [*OpenType, *OpenType, *OpenType], strict=False)
    ):
        of = a_published_entry(f"样例{number}", THEIRS if number % 2 else "样例供热办")
        theme = Theme.HOUSING if number % 3 else ""
        Entry.objects.filter(pk=of.pk).update(
            update_cycle=cycle, open_type=open_type, theme=theme, level=1
        )
    a_resource(Entry.objects.earliest("pk"))
    Entry.objects.filter(pk=Entry.objects.latest("pk").pk).update(summary="一条\n“样例”")
    whole = client.get("/api/dcat/catalog.jsonld").json()
    assert len(whole["dcat:dataset"]) == len(UpdateCycle)
    assert faults_of(whole) == []
    for one in whole["dcat:dataset"][:2]:
        alone = client.get(one["@id"].removeprefix("http://testserver")).json()
        assert alone == {"@context": whole["@context"], **one}
        assert faults_of(alone) == []


@pytest.mark.parametrize("fault", BREAKS)
def test_a_dataset_that_does_not_conform_is_found(client: Client, fault: str) -> None:
    entry = a_published_entry()
    a_resource(entry)
    told = client.get(f"/api/dcat/datasets/{entry.public_id}").json()
    BREAKS[fault](told)
    assert faults_of(told) == [fault]
