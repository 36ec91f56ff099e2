"""Tasks and sites: of organisations and people that there are, each code once, steps in time."""

from collections.abc import Iterator, Sequence
from typing import Any

from diebian.standards.profile.documents import Document
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed
from diebian.standards.profile.supervision import FILE

from .posts import People, officials_of


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document(FILE)
    if document is None:
        return
    organisations, people = told.codes("organisations.csv"), officials_of(told)
    known = set(organisations) if organisations is not None else None
    seen: set[str] = set()
    for place, programme in enumerate(document.data["programmes"]):
        for number, task in enumerate(programme["tasks"]):
            at = ("programmes", place, "tasks", number)
            yield from _task(document, task, known, people, at)
            if task["code"] in seen:
                yield document.fault(f"{task['code']} 写了两次", *at, "code")
            seen.add(task["code"])
    for part in ("sites", "criteria"):
        codes = [one["code"] for one in document.data[part]]
        for number, code in enumerate(codes):
            if code in codes[:number]:
                yield document.fault(f"{code} 写了两次", part, number, "code")
    for number, site in enumerate(document.data["sites"]):
        yield from _organisation(document, site["organisation"], known, ("sites", number))


def _task(
    document: Document,
    task: dict[str, Any],
    known: set[str] | None,
    people: People | None,
    at: Sequence[str | int],
) -> Iterator[Fault]:
    for code in (task["lead"], *task.get("co", [])):
        yield from _organisation(document, code, known, at)
    owner = task.get("owner")
    if owner and people is not None:
        found = people.get(owner)
        if found is None or found["organisation"] != task["lead"]:
            yield document.fault(f"{owner} 不是 {task['lead']} 的人", *at, "owner")
    if late := [one["title"] for one in task.get("steps", []) if one["due"] > task["due"]]:
        yield document.fault(f"“{late[0]}”晚于任务的完成时限", *at, "steps")


def _organisation(
    document: Document, code: str, known: set[str] | None, at: Sequence[str | int]
) -> Iterator[Fault]:
    if known is not None and code not in known:
        yield document.fault(f"机构不存在：{code}", *at)
