"""Halls of a city's folder as rows. One that is no more is retired; who waits there is served."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, Verb, compared, differences
from diebian.kernel import clock
from diebian.security.identity.public import Actor, department_keys
from diebian.standards.profile import CityProfile

from .models import Hall, Window, WindowKind

FILE = "halls.yaml"
KEY_BYTES = 32
KIND_FACTS = {
    "name": "名称",
    "letter": "字头",
    "says": "说明",
    "is_for_elders": "老年人专用",
    "place": "次序",
}
HALL_FACTS = {
    "name": "名称",
    "kind": "种类",
    "county": "县（市）区",
    "department": "管理部门",
    "address": "地址",
    "phone": "电话",
    "hours": "办公时间",
    "rules": "取号预约约定",
    "windows": "窗口",
}
Facts = Mapping[str, Any]


def load_halls(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:  # noqa: ARG001
    """Runs within the directory's load."""
    told = profile.document(FILE)
    kinds = {
        one["code"]: _kind(place, one) for place, one in enumerate(told.get("kinds", []), start=1)
    }
    halls = _halls(profile, told)
    known_kinds = {row.code: row for row in WindowKind.objects.all()}
    known_halls = {
        row.code: row
        for row in Hall.objects.select_related("department").prefetch_related("windows")
    }
    of_kinds = compared(known_kinds, kinds, _kind_changes, lambda row: f"窗口种类 {row.name}")
    of_halls = compared(known_halls, halls, _hall_changes, lambda row: f"大厅 {row.name}")
    if not dry_run:
        for code in of_kinds.changed:
            WindowKind.objects.update_or_create(
                code=code, defaults={**kinds[code], "retired_on": None}
            )
        keys = department_keys()
        for code in of_halls.changed:
            _write(code, halls[code], keys)
        gone_kinds = WindowKind.objects.filter(pk__in=[row.pk for row in of_kinds.gone])
        gone_kinds.update(retired_on=clock.today())
        gone_halls = Hall.objects.filter(pk__in=[row.pk for row in of_halls.gone])
        gone_halls.update(retired_on=clock.today())
    return [*of_kinds.changes, *of_halls.changes]


SECTION = ProfileSection(slug="halls", diff_and_load=load_halls)


def _kind(place: int, one: Facts) -> Facts:
    return {
        "name": one["name"],
        "letter": one["letter"],
        "says": one.get("says", ""),
        "is_for_elders": one.get("for_elders", False),
        "place": place,
    }


def _halls(profile: CityProfile, told: Facts) -> dict[str, Facts]:
    credit_codes = {row["code"]: row["uscc"] for row in profile.organisations}
    return {
        one["code"]: {
            **{fact: one[fact] for fact in ("name", "kind", "address", "phone", "hours")},
            "county": one.get("county", ""),
            "department": credit_codes[one["organisation"]],
            "rules": told["rules"],
            "windows": {str(window["number"]): window["kinds"] for window in one["windows"]},
        }
        for one in told.get("halls", [])
    }


def _kind_changes(_: str, row: WindowKind | None, will: Facts) -> Iterator[Change]:
    yield from _changes(f"窗口种类 {will['name']}", row, will, KIND_FACTS)


def _hall_changes(_: str, row: Hall | None, will: Facts) -> Iterator[Change]:
    yield from _changes(f"大厅 {will['name']}", row, will, HALL_FACTS)


def _changes(
    subject: str, row: WindowKind | Hall | None, will: Facts, labels: Mapping[str, str]
) -> Iterator[Change]:
    if row is None:
        yield Change(Verb.NEW, subject)
        return
    if row.retired_on is not None:
        yield Change(Verb.BACK, subject)
    was = {fact: getattr(row, fact) for fact in labels if fact not in {"department", "windows"}}
    if isinstance(row, Hall):
        windows = [one for one in row.windows.all() if one.retired_on is None]
        was["windows"] = {str(one.number): one.kinds for one in windows}
        was["department"] = row.department.credit_code
    yield from differences(subject, was, will, labels)


def _write(code: str, will: Facts, keys: Mapping[str, int]) -> None:
    facts = {fact: will[fact] for fact in HALL_FACTS if fact not in {"department", "windows"}}
    facts |= {"department_id": keys[will["department"]], "retired_on": None}
    hall, _ = Hall.objects.update_or_create(
        code=code,
        defaults=facts,
        create_defaults={**facts, "kiosk_key": secrets.token_urlsafe(KEY_BYTES)},
    )
    for number, kinds in will["windows"].items():
        Window.objects.update_or_create(
            hall=hall, number=int(number), defaults={"kinds": kinds, "retired_on": None}
        )
    gone = Window.objects.filter(hall=hall, retired_on=None).exclude(number__in=will["windows"])
    gone.update(retired_on=clock.today())
