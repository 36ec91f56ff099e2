"""Changing what is collected. What a column held stays in the lake, whatever becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .actions import check_key, extras_of, shape_of
from .definition import (
    TERMS,
    Difference,
    Effects,
    definition_of,
    differences,
    effects_of,
    options_as_told,
)
from .jobs import collect_now
from .models import Collection, Mode, Schedule, SourceKind, Version
from .names import PUSH
from .refusals import ColumnsUnclear, DefinitionMoved, NothingChanged, WhyMissing
from .selectors import collection_for
from .using import Use, uses_of
from .versions import keep_version


@dataclass(frozen=True)
class Wanted:
    """The whole definition as it shall be. `columns`: name to the lake's type, those to take;
    `version`: of what the manager looked at.
    """

    title: str
    table: str
    mode: Mode
    key: Sequence[str]
    watermark_column: str
    schedule: Schedule
    columns: Mapping[str, str]
    options: Mapping[str, Any]
    minutes: int
    bad_percent: int
    keep_days: int | None
    past_days: int
    push_days: int
    version: int


@dataclass(frozen=True)
class Planned:
    """What a change would do; `touched`: uses of a column that goes or gets another type."""

    differences: Sequence[Difference]
    effects: Effects
    uses: Sequence[Use]
    changed: Collection  # not saved

    @property
    def touched(self) -> list[Use]:
        return [one for one in self.uses if one.columns & self.effects.touched]

    @property
    def untouched(self) -> list[Use]:
        return [one for one in self.uses if not one.columns & self.effects.touched]


def plan_change(*, slug: str, wanted: Wanted, by: Actor) -> Planned:
    """Really looks at the source; writes nothing. Raises what defining anew would raise."""
    found = _managed(slug, by)
    if found.version != wanted.version:
        raise DefinitionMoved
    before, was_rekeyed = definition_of(found), bool(found.options.get("whole_anew"))
    _fill(found, wanted)
    after = definition_of(found)
    effects = effects_of(before, after)
    if was_rekeyed:  # and not collected since: it still is
        effects = replace(effects, is_rekeyed=True)
    told = list(differences(before, after))
    if not told:
        raise NothingChanged
    _refuse_unsafe(found, effects)
    return Planned(told, effects, uses_of(slug), found)


def change_collection(*, slug: str, wanted: Wanted, why: str, by: Actor) -> Version:
    """A run under way ends by the old definition; the next one takes this. What needs everything
    to be read again begins at once.
    """
    if not why.strip():
        raise WhyMissing
    planned = plan_change(slug=slug, wanted=wanted, by=by)  # before the transaction: it looks
    with transaction.atomic():
        row = Collection.objects.select_for_update().get(slug=slug)
        if row.version != wanted.version:  # a colleague was quicker
            raise DefinitionMoved
        before, effects, changed = definition_of(row), planned.effects, planned.changed
        changed.collected_at, changed.trouble = row.collected_at, row.trouble
        changed.watermark = "" if effects.is_whole else row.watermark
        if effects.is_rekeyed and changed.mode == Mode.FULL:
            changed.options = {**changed.options, "whole_anew": True}
        made = keep_version(changed, before, why=why, by=by, is_whole=effects.is_whole)
        changed.save()
        audit.record(by=by, action="lake.collection.changed", subject=row.audit_subject)
        if effects.is_whole:
            collect_now.defer(slug=slug)
    return made


def _managed(slug: str, by: Actor) -> Collection:
    found = collection_for(by, slug)
    if not policy.may_manage(by, found.source.department.credit_code):
        raise Refused
    return found


def _fill(one: Collection, wanted: Wanted) -> None:
    """Columns that the source has and nobody wants are left out for good."""
    is_pushed = one.source.kind == SourceKind.PUSH
    mode = Mode.WATERMARK if is_pushed else wanted.mode
    watermark = PUSH if is_pushed else wanted.watermark_column
    options = options_as_told(one.options, wanted.options)
    extras = set(extras_of(mode, options))
    there = shape_of(one.source, wanted.table, options, dict(wanted.columns), extras)
    columns = [told for told in there if told["name"] in wanted.columns]
    check_key(columns, wanted.key, mode, watermark, options)
    one.title, one.table, one.mode, one.schedule = wanted.title, wanted.table, mode, wanted.schedule
    one.key, one.watermark_column, one.columns = list(wanted.key), watermark, columns
    one.options = options
    for name in TERMS:
        setattr(one, name, getattr(wanted, name))
    one.ignored = sorted(told["name"] for told in there if told["name"] not in wanted.columns)


def _refuse_unsafe(one: Collection, effects: Effects) -> None:
    """What would leave rows behind that nobody can tell from the right ones."""
    retyped = [name for name in one.key if name in effects.retyped]
    if retyped:
        raise ColumnsUnclear(f"主键“{'、'.join(retyped)}”不能换类型；请另登记一项归集")
    if effects.is_rekeyed and one.mode != Mode.FULL:
        raise ColumnsUnclear("增量归集不能换主键：请先改成全量收一次，再改回增量")
