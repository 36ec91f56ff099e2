"""What CKAN's action API says of us: packages, organisations (部门), groups (主题), tags (信息项).

https://docs.ckan.org/en/2.11/api/: only what reads the catalogue, so that harvesters and `ckanapi`
work. An unknown or unanswerable question is refused in CKAN's own words.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from diebian.base.catalogue.models import DataItem, Entry, State
from diebian.base.catalogue.offers import entry_offering
from diebian.base.catalogue.refusals import ActionUnknown, QuestionWrong, ThingUnknown
from diebian.base.catalogue.search import matching
from diebian.standards.opening import LICENCES
from diebian.standards.themes import Theme

from . import ckan_search, datastore
from .asking import Question, is_yes, number, number_or_all
from .ckan_words import group, group_name, offered, organisation, package, resource, theme_of
from .published import a_page, published, told

MOST, USUAL = 1000, 10


def answer(action: str, question: Question, base: str) -> Any:
    if action not in ACTIONS:
        raise ActionUnknown(f"Action name not known: {action}")
    return ACTIONS[action](question, base)


def _site_read(_: Question, __: str) -> Any:
    return True


def _status(_: Question, base: str) -> Any:
    site = base.rstrip("/")
    return {"site_url": site, "ckan_version": "2.11", "extensions": [], "locale_default": "zh"}


def _package_list(question: Question, _: str) -> Any:
    names = published().order_by("pk").values_list("public_id", flat=True)
    return [str(one) for one in names[_cut(question)]]


def _packages(question: Question, base: str) -> Any:
    start, most = number(question, "offset", 0), min(number(question, "limit", MOST), MOST)
    return [package(base, one) for one in a_page(published(), start, most)]


def _package_show(question: Question, base: str) -> Any:
    [one] = told([_entry(question)])
    return package(base, one)


def _package_search(question: Question, base: str) -> Any:
    rows = _filtered(published(), str(question.get("fq") or ""))
    words = str(question.get("q") or "").strip()
    start, most = number(question, "start", 0), min(number(question, "rows", USUAL), MOST)
    found = matching(rows, "" if words in {"*:*", "*"} else words[:100])
    ordered, said = ckan_search.ordered(found, question.get("sort"))
    cut = ordered.defer("search_text")[start : start + most]
    results = told(cut.prefetch_related("items", "resources"))
    return {
        "count": found.count(),
        "sort": said,
        **ckan_search.faceted(found, question),
        "results": [package(base, one) for one in results],
    }


def _filtered(rows: QuerySet[Entry], fq: str) -> QuerySet[Entry]:
    """`organization:CODE groups:NAME tags:"WORD"`: whatever fits all of them."""
    for name, value in ckan_search.filters_in(fq):
        if name in {"organization", "owner_org"}:
            rows = rows.filter(provider__credit_code=value.upper())
        elif name == "groups":
            rows = rows.filter(theme=theme_of(value))
        elif name == "tags":
            rows = rows.filter(items__name=value).distinct()
        else:
            raise QuestionWrong("fq", f"Unknown filter: {name}. Known: organization, groups, tags")
    return rows


def _organisation_list(question: Question, _: str) -> Any:
    rows = published().order_by("provider__credit_code")
    counted = rows.values_list("provider__credit_code", "provider__name").annotate(of=Count("pk"))
    cut = counted[_cut(question)]
    if is_yes(question, "all_fields"):
        return [organisation(code, name, of) for code, name, of in cut]
    return [row[0].lower() for row in cut]


def _organisation_show(question: Question, base: str) -> Any:
    code = str(question.get("id", "")).upper()
    rows = published().filter(provider__credit_code=code)
    first = rows.first()
    if first is None:
        raise ThingUnknown("Not found")
    shown = organisation(code, first.provider.name, rows.count())
    return {**shown, **_packages_of(rows, question, base)}


def _group_list(question: Question, _: str) -> Any:
    rows = published().exclude(theme="").order_by("theme").values_list("theme")
    counted = dict(rows.annotate(of=Count("pk")))
    if is_yes(question, "all_fields"):
        return [group(Theme(theme), of) for theme, of in counted.items()]
    return [group_name(theme) for theme in counted]


def _group_show(question: Question, base: str) -> Any:
    theme = theme_of(str(question.get("id", "")))
    rows = published().filter(theme=theme)
    if theme not in Theme.values or not rows.exists():
        raise ThingUnknown("Not found")
    return {**group(Theme(theme), rows.count()), **_packages_of(rows, question, base)}


def _packages_of(rows: QuerySet[Entry], question: Question, base: str) -> Question:
    if not is_yes(question, "include_datasets"):
        return {}
    return {"packages": [package(base, one) for one in a_page(rows, 0, MOST)]}


def _tag_list(question: Question, _: str) -> Any:
    names = DataItem.objects.filter(entry__state=State.PUBLISHED).order_by("name").distinct()
    words = str(question.get("query") or "")
    found = names.filter(name__icontains=words) if words else names
    return list(found.values_list("name", flat=True))


def _resource_show(question: Question, base: str) -> Any:
    slug = str(question.get("id", ""))
    behind = entry_offering(slug)
    of = {"public_id": behind} if behind else {"resources__slug": slug}
    entry = published().filter(**of).first()
    if entry is None:
        raise ThingUnknown("Not found")
    [one] = told([entry])
    if behind:
        return next(offered(base, one, offer) for offer in one.offers if offer.slug == slug)
    return next(resource(base, one, row) for row in entry.resources.all() if row.slug == slug)


def _license_list(_: Question, __: str) -> Any:
    return [
        {"id": one.slug, "title": one.title, "url": one.url, "status": "active"}
        for one in LICENCES.values()
    ]


def _entry(question: Question) -> Entry:
    try:
        key = UUID(str(question.get("id") or question.get("name_or_id")))
    except ValueError as error:
        raise ThingUnknown("Not found") from error
    found = published().filter(public_id=key).first()
    if found is None:
        raise ThingUnknown("Not found")
    return found


def _cut(question: Question) -> slice:
    """Lists of names alone have no end but that which is asked for."""
    start, most = number(question, "offset", 0), number_or_all(question, "limit", None)
    return slice(start, None if most is None else start + most)


ACTIONS: Mapping[str, Callable[[Question, str], Any]] = {
    "current_package_list_with_resources": _packages,
    "datastore_search": datastore.search,
    "group_list": _group_list,
    "group_show": _group_show,
    "license_list": _license_list,
    "organization_list": _organisation_list,
    "organization_show": _organisation_show,
    "package_list": _package_list,
    "package_search": _package_search,
    "package_show": _package_show,
    "resource_show": _resource_show,
    "site_read": _site_read,
    "status_show": _status,
    "tag_list": _tag_list,
}
