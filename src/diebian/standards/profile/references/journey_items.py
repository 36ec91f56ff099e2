"""The journey's items: what they ask is granted, what they show and check is asked or filled."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from diebian.standards.profile.documents import Document
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.journeys import ANSWERS, APPLICANT
from diebian.standards.profile.parsed import Parsed

COLUMNS = Mapping[str, list[str]]
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document("journey.yaml")
    if document is None:
        return
    codes: set[str] = set()
    words: dict[str, str] = {}
    for place, item in enumerate(document.data["items"]):
        at = ("items", place)
        if item["code"] in codes:
            yield document.fault(f"{item['code']} 写了两次", *at, "code")
        codes.add(item["code"])
        for inner, word in enumerate(item["synonyms"]):
            owner = words.setdefault(word, item["code"])
            if owner != item["code"] or item["synonyms"].index(word) != inner:
                yield document.fault(f"叫法“{word}”已属于 {owner}", *at, "synonyms", inner)
        yield from _Item(told, document, place).faults()


class _Item:
    def __init__(self, told: Parsed, document: Document, place: int) -> None:
        self.told, self.document, self.at = told, document, ("items", place)
        self.item: dict[str, Any] = document.data["items"][place]
        self.form = [one["name"] for one in self.item["form"]]
        self.office = self._office()
        self.columns = self._granted("rows")
        self.verified = self._granted("verify")

    def faults(self) -> Iterator[Fault]:
        yield from self._owner()
        yield from self._asks()
        for place, row in enumerate(self.item["shows"]):
            yield from self._column(row, "shows", place)
        for place, row in enumerate(self.item["checks"]):
            yield from self._check(row, place)
        if "county" in self.item:
            yield from self._column(self.item["county"], "county")
        for place, one in enumerate(self.item.get("verifies", [])):
            yield from self._verification(one, place)
        for label, operand in self.item["decision"]["body"].items():
            yield from self._operand(operand, "decision", "body", label)
        for place, one in enumerate(self.item["materials"]):
            if one["answered_by"] not in (*ANSWERS, *self.item["asks"]):
                can = "、".join((*ANSWERS, *self.item["asks"]))
                yield self._fault(f"answered_by 应为 {can} 之一", "materials", place, "answered_by")
        if len(set(self.form)) != len(self.form):
            yield self._fault("表格里有同名的项", "form")

    def _fault(self, sentence: str, *steps: str | int) -> Fault:
        return self.document.fault(sentence, *self.at, *steps)

    def _granted(self, mode: str) -> COLUMNS:
        return {
            one["resource"]: one["columns"]
            for one in self.document.data["requests"]
            if one["consumer"] == self.office
            and one["purpose"] == self.item["purpose"]
            and one.get("mode", "rows") == mode
        }

    def _office(self) -> str | None:
        for one in self.told.data("people.yaml").get("systems", []):
            if one["code"] == self.item["system"]:
                return str(one["organisation"])
        return None

    def _owner(self) -> Iterator[Fault]:
        items = self.told.codes("service_items.csv")
        row = None if items is None else items.get(self.item["code"])
        if items is not None and row is None:
            yield self._fault(f"service_items.csv 里没有 {self.item['code']}", "code")
        if self.told.document("people.yaml") is None:
            return
        if self.office is None:
            yield self._fault(f"people.yaml 里没有这个系统：{self.item['system']}", "system")
        elif row is not None and row["org_code"] != self.office:
            yield self._fault(
                f"{self.item['code']} 由 {row['org_code']} 办理，系统属于 {self.office}", "system"
            )

    def _asks(self) -> Iterator[Fault]:
        resources = {one["slug"] for one in self.document.data["resources"]}
        for place, slug in enumerate(self.item["asks"]):
            if slug not in resources:
                yield self._fault(f"resources 里没有 {slug}", "asks", place)
            elif self.office is not None and slug not in self.columns:
                yield self._fault(
                    f"{self.office} 没有以“{self.item['purpose']}”申请过 {slug}", "asks", place
                )

    def _column(self, row: Mapping[str, Any], *steps: str | int) -> Iterator[Fault]:
        """`row` names an ask and perhaps a field of it."""
        if row["ask"] not in self.item["asks"]:
            yield self._fault(f"asks 里没有 {row['ask']}", *steps, "ask")
        elif "field" in row and row["field"] not in self.columns.get(row["ask"], [row["field"]]):
            yield self._fault(f"申请的栏目里没有 {row['ask']} 的 {row['field']}", *steps, "field")

    def _verification(self, told: Mapping[str, Any], place: int) -> Iterator[Fault]:
        """Only what was granted for verifying, and columns of that."""
        at, slug = ("verifies", place), told["resource"]
        if slug not in self.verified:
            yield self._fault(
                f"{self.office} 没有以“{self.item['purpose']}”申请过核验 {slug}", *at, "resource"
            )
        for inner, claim in enumerate(told["claims"]):
            if claim["column"] not in self.verified.get(slug, [claim["column"]]):
                yield self._fault(
                    f"申请核验的栏目里没有 {claim['column']}", *at, "claims", inner, "column"
                )
            if "from" in claim:
                yield from self._operand(claim["from"], *at, "claims", inner, "from")

    def _check(self, row: Mapping[str, Any], place: int) -> Iterator[Fault]:
        yield from self._column(row, "checks", place)
        for key in sorted({"equals", "at_least"} & set(row)):
            yield from self._operand(row[key], "checks", place, key)
        shown = {(one["ask"], one["field"]) for one in self.item["shows"]}
        if "at_least" in row and (row["ask"], row["field"]) not in shown:
            yield self._fault(
                f"{row['field']} 要在 shows 里列出，才知道它的单位", "checks", place, "field"
            )
        for name in PLACEHOLDER.findall(row["says"]):
            if name not in self.columns.get(row["ask"], [name]):
                yield self._fault(f"申请的栏目里没有 {name}", "checks", place, "says")

    def _operand(self, text: str, *steps: str | int) -> Iterator[Fault]:
        """`form.X` and `applicant.X` must exist; any other text is compared as it stands."""
        kind, _, name = text.partition(".")
        if kind == "form" and name not in self.form:
            yield self._fault(f"表格里没有 {name}", *steps)
        if kind == "applicant" and name not in APPLICANT:
            yield self._fault(f"申请人只有 {'、'.join(APPLICANT)}", *steps)
