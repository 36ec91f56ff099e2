"""The facts that `resolving` asks, as they are now: a few questions for any number of materials."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from diebian.base.catalogue.public import ResourceLine, datasets_called, resources_of_entries
from diebian.base.exchange.public import GrantTerms, Mode, asked_now, in_force_over
from diebian.base.licences.public import held_by, types_coded
from diebian.security.identity.public import department_names
from diebian.standards.metadata import Privacy

from .models import Kind, Material
from .resolving import Column, Granted, Held, Interface, LicenceType, Own, Standing, Subject

ANSWERS = {Mode.ROWS, Mode.VERIFY, Mode.TABLE}  # ways in which a case can be answered


def subject_of(row: Material) -> Subject:
    return Subject(row.code, row.name, Kind(row.kind), row.licence_type, row.dataset, row.provider)


def subjects(codes: Collection[str] | None = None) -> dict[str, Subject]:
    """By code; all that are in the register where none are named."""
    rows = Material.objects.filter(retired_on=None)
    if codes is not None:
        rows = Material.objects.filter(code__in=codes)  # a running case may ask a retired one
    return {row.code: subject_of(row) for row in rows}


def standing_of(
    about: Iterable[Subject], consumers: Collection[str], *, holder: str = ""
) -> Standing:
    """`holder`: key of the applicant, whose own licences are looked at; empty: of nobody yet."""
    listed = list(about)
    sets = _sets([one for one in listed if one.kind == Kind.DATA])
    slugs = [one.slug for held in sets.values() for one in held.interfaces]
    types = types_coded([one.licence_type for one in listed if one.licence_type])
    return Standing(
        types={
            code: LicenceType(one.name, one.issuer, one.issuer_name, one.is_collected)
            for code, one in types.items()
        },
        sets=sets,
        grants=_grants(slugs),
        asked=frozenset(asked_now(slugs)) if slugs else frozenset(),
        names=department_names([*consumers, *(one.provider for one in listed if one.provider)]),
        own=_own(holder) if holder and types else None,
    )


def _own(holder: str) -> dict[str, Own]:
    return {
        code: Own(one.held_id, one.says, one.state, one.is_usable)
        for code, one in held_by(holder).items()
    }


def _sets(about: Collection[Subject]) -> dict[tuple[str, str], Held]:
    wanted = {(one.provider, one.dataset) for one in about}
    if not wanted:
        return {}
    found = datasets_called([title for _, title in wanted])
    known = [one for one in found if (one.provider, one.title) in wanted]
    behind = resources_of_entries([one.entry_id for one in known])
    return {
        (one.provider, one.title): Held(
            title=one.title,
            provider=one.provider,
            provider_name=one.provider_name,
            is_published=one.is_published,
            is_withheld=one.is_withheld,
            basis=one.sharing_basis,
            interfaces=[_interface(line) for line in behind.get(one.entry_id, ()) if line.is_open],
        )
        for one in known
    }


def _interface(line: ResourceLine) -> Interface:
    return Interface(
        slug=line.slug,
        title=line.title,
        asks_for=frozenset(line.contract.get("request", ())),
        columns=[
            Column(one.column, one.name, one.privacy == Privacy.SENSITIVE.label)
            for one in line.columns
        ],
    )


def _grants(slugs: Collection[str]) -> Mapping[tuple[str, str], list[Granted]]:
    found: dict[tuple[str, str], list[Granted]] = defaultdict(list)
    told = [one for one in in_force_over(slugs) if one.mode in ANSWERS] if slugs else []
    for terms in sorted(told, key=lambda one: one.mode != Mode.ROWS):  # what can be asked first
        if terms.is_in_force:
            found[terms.resource, terms.consumer].append(_granted(terms))
    return found


def _granted(terms: GrantTerms) -> Granted:
    return Granted(
        grant=terms.grant,
        request=terms.request,
        region=terms.region,
        system=terms.system,
        purpose=terms.purpose,
        columns=terms.columns if terms.mode == Mode.ROWS else (),
    )
