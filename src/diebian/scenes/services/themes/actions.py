"""Compiling: whatever comes of a theme now becomes a version, if it is not what it was."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from diebian.kernel import clock
from diebian.scenes.services.refusals import ThemeFaulty
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .compiling import compiled
from .document import digest_of, kept
from .facts import Compiled
from .gathering import items_in_force
from .models import Theme, ThemeVersion
from .newest import newest_of

COMPILER = 4  # raised when it makes something else of the same: all are compiled at the next load


@dataclass(frozen=True)
class Done:
    """`told` is None where it cannot be compiled; then `fault` says why."""

    theme: Theme
    told: Compiled | None
    fault: str = ""
    is_new: bool = False


@transaction.atomic
def compile_themes(*, by: Actor, codes: Collection[str] | None = None) -> list[Done]:
    """Some, or all that are not retired. What runs keeps the version that it began with."""
    if not policy.may_compile(by):
        raise Refused
    rows = Theme.objects.filter(retired_on=None).select_for_update().order_by("code")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return _compiled(list(rows), by)


def made_by_a_former_compiler() -> list[str]:
    """Codes of themes that this program would compile to something else."""
    rows = list(Theme.objects.filter(retired_on=None))
    last = newest_of(rows)
    return [row.code for row in rows if row.pk in last and last[row.pk].compiler != COMPILER]


@transaction.atomic
def follow_items(*, codes: Collection[str], by: Actor) -> list[Done]:
    """What these items say has changed: the themes that they are in are compiled again."""
    changed = set(codes)
    rows = Theme.objects.filter(retired_on=None).values_list("code", "places")
    touched = [code for code, places in rows if changed & {one["code"] for one in places}]
    return compile_themes(codes=touched, by=by) if touched else []


def _compiled(rows: Sequence[Theme], by: Actor) -> list[Done]:
    wanted = {one["code"] for row in rows for one in row.places}
    items, register = items_in_force(wanted)
    last = newest_of(rows)
    done, made = [], []
    for row in rows:
        try:
            told = compiled(row.plan, items, register)
        except ThemeFaulty as error:
            done.append(Done(row, None, error.detail or error.title))
            continue
        version = last.get(row.pk)
        digest = digest_of(told)
        is_new = version is None or (version.digest, version.compiler) != (digest, COMPILER)
        done.append(Done(row, told, is_new=is_new))
        if is_new:
            number = version.number + 1 if version else 1
            made.append(_version(row, told, digest, number))
    _write(done, made, by)
    return done


def _version(row: Theme, told: Compiled, digest: str, number: int) -> ThemeVersion:
    return ThemeVersion(
        theme=row,
        number=number,
        document=kept(told),
        drawing=told.drawing,
        digest=digest,
        compiler=COMPILER,
        compiled_at=clock.now(),
    )


def _write(done: Iterable[Done], made: Sequence[ThemeVersion], by: Actor) -> None:
    ThemeVersion.objects.bulk_create(made)
    faulty = [one for one in done if one.theme.fault != one.fault]
    for one in faulty:
        one.theme.fault = one.fault
    Theme.objects.bulk_update([one.theme for one in faulty], ["fault"])
    subjects = [f"theme:{one.theme.code}:{one.number}" for one in made]
    audit.record_each(by=by, action="services.theme.compiled", subjects=subjects)
