"""A paper that a passed version names for the first time gets its entry in the register."""

from dataclasses import replace

from diebian.scenes.services.materials.models import Kind, Material
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, department_name

from .facts import Demand, ItemFacts


def register_new(facts: ItemFacts, by: Actor) -> ItemFacts:
    """The same facts, with the new entries' codes. Two departments' one name is one entry."""
    owner = department_name(facts.credit_code)
    demands = [
        one if one.material else replace(one, material=_entry(one, owner, by).code, name="")
        for one in facts.materials
    ]
    return replace(facts, materials=tuple(demands))


def _entry(demand: Demand, owner: str, by: Actor) -> Material:
    found = Material.objects.filter(name=demand.name).first()
    if found is not None:
        return found
    number = Material.objects.select_for_update().exclude(proposed_by="").count() + 1
    made = Material.objects.create(
        code=f"N{number:05}",
        name=demand.name,
        identity=f"{Kind.DOC}:{demand.name}",
        kind=Kind.DOC,
        mark="",
        proposed_by=owner,
    )
    audit.record(by=by, action="services.material.registered", subject=f"material:{made.code}")
    return made
