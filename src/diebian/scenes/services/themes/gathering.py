"""What the compiler is told: the items in force and the register, in a few questions for all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from diebian.base.licences.public import types_coded
from diebian.scenes.services.items.facts import ItemFacts
from diebian.scenes.services.items.models import ItemVersion, State
from diebian.scenes.services.materials.models import Kind
from diebian.scenes.services.materials.resolving import Subject
from diebian.scenes.services.materials.standing import subjects
from diebian.security.identity.public import department_names

from .facts import Asked, Item

Register = Mapping[str, Subject]


def items_in_force(codes: Collection[str]) -> tuple[dict[str, Item], Register]:
    """Those that are not retired, and the entries of the register that they name."""
    rows = ItemVersion.objects.filter(
        item__code__in=codes, item__retired_on=None, state=State.IN_FORCE
    ).select_related("item")
    told = [(row, row.facts) for row in rows]
    register = subjects({code for _, facts in told for code in facts.codes})
    names = department_names({facts.credit_code for _, facts in told})
    given = licences_by_name(register.values())
    found = {
        row.item.code: item_of(
            row.item.code, row.number, facts, row.journey, names.get(facts.credit_code, ""), given
        )
        for row, facts in told
    }
    return found, register


def item_of(
    code: str,
    number: int,
    facts: ItemFacts,
    journey: Mapping[str, Any] | None,
    owner: str,
    given: Mapping[str, str],
) -> Item:
    if journey:  # declared: it says in its own words how each is answered, and nobody brings any
        facts = replace(facts, materials=())
    return Item(
        code=code,
        number=number,
        facts=facts,
        owner=owner,
        fields=(*_of_version(facts), *_of_journey(journey)),
        gives=frozenset({given[facts.result]} if facts.result in given else ()),
    )


def licences_by_name(register: Iterable[Subject]) -> dict[str, str]:
    """Names of the licences that stand behind papers, to the papers' identity."""
    codes = {one.licence_type for one in register if one.kind == Kind.LICENCE}
    return {one.name: f"{Kind.LICENCE}:{code}" for code, one in types_coded(codes).items()}


def _of_version(facts: ItemFacts) -> list[Asked]:
    return [Asked(one.label, one.origin, one.when) for one in facts.fields]


def _of_journey(journey: Mapping[str, Any] | None) -> list[Asked]:
    """What only the person knows, where the item can be applied for here."""
    return [
        Asked(one["label"], kind=one["kind"], bounds=_bounds(one))
        for one in (journey or {}).get("form", [])
    ]


def _bounds(told: Mapping[str, Any]) -> str:
    return f"{told['length']} 位" if told.get("length") else ""
