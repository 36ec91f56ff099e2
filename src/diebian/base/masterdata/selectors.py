"""Bases, builds and what is uncertain, as their readers see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from diebian.base.lake.public import LakeTable, lake_tables
from diebian.kernel.errors import NotFound
from diebian.kernel.waiting import DEPARTMENT
from diebian.security.identity.public import Actor, Post

from . import policy
from .leave import SourceLeave
from .looking import plan_now, records_now
from .models import OPEN, Base, BaseVersion, Build, Decision, GoldenRecord, UncertainPair, Verdict
from .plan import Kind, Plan, RuleOf, plan_of
from .weights import Counted, Level, counted_weights, points, weights_of

A_PAGE, PAIRS_A_PAGE = 20, 30


@dataclass(frozen=True)
class BaseLine:
    base: Base
    build: Build | None
    entities: int | None
    asked: int


@dataclass(frozen=True)
class ColumnLine:
    """A column of the base: how it is spelled, which rule chooses, who feeds it."""

    column: Any
    kind: str
    rule: str
    order: Sequence[str]
    fed_by: Sequence[tuple[str, str]]  # table's title, its column


@dataclass(frozen=True)
class SourceLine:
    """`leave`: as it stands now; nothing for a build, which says itself whether it read it."""

    table: LakeTable
    leave: SourceLeave | None
    is_read: bool
    rows: int | None
    without: int | None
    unusable: int | None


@dataclass(frozen=True)
class FieldLine:
    title: str
    same: str
    near: str
    differs: str
    own: Counted | None  # as counted in the build that is read


@dataclass(frozen=True)
class ConflictLine:
    name: str
    title: str
    entities: int
    lost: Sequence[tuple[str, int]]  # table's title, entities in which its value lost


def overview(by: Actor) -> list[BaseLine]:
    last = Build.objects.filter(base=OuterRef("pk")).order_by("-number")
    bases = list(_seen_by(by).annotate(last=Subquery(last.values("pk")[:1])).order_by("title"))
    pairs = undecided().filter(base__in=bases).values("base").order_by("base")
    asked = dict(pairs.values_list("base").annotate(Count("pk")))
    builds = {one.pk: one for one in Build.objects.filter(pk__in=[one.last for one in bases])}
    done = {
        (one.base_id, one.number): one.counts.get("entities")
        for one in Build.objects.filter(base__in=bases, number__in=[one.built for one in bases])
    }
    return [
        BaseLine(one, builds.get(one.last), done.get((one.pk, one.built)), asked.get(one.pk, 0))
        for one in bases
    ]


def waits(posts: Sequence[str]) -> list[QuerySet[UncertainPair]]:
    """Pairs that wait for a word of this office."""
    if {Post.DATA_MANAGER, Post.AUTHORITY}.isdisjoint(posts):
        return []
    return [undecided().filter(base__owner__credit_code=DEPARTMENT)]


def base_for(by: Actor, slug: str) -> Base:
    """For whoever may not see it, it does not exist."""
    found = Base.objects.select_related("owner").filter(slug=slug).first()
    if found is None or not policy.may_see(by, found, providers_of(found)):
        raise NotFound
    return found


def is_declared(slug: str) -> bool:
    return Base.objects.filter(slug=slug).exists()


def providers_of(base: Base) -> set[str]:
    """Departments whose tables feed it."""
    return set(version_of(base).sources.values_list("source__department__credit_code", flat=True))


def newest_versions() -> QuerySet[BaseVersion]:
    """Of each base the declaration that stands."""
    last = BaseVersion.objects.filter(base=OuterRef("base")).order_by("-number").values("pk")[:1]
    return BaseVersion.objects.filter(pk=Subquery(last))


def version_of(base: Base) -> BaseVersion:
    return base.versions.latest("number")


def plan_read(base: Base) -> Plan:
    """Of the build that is read: what places in its records mean."""
    build = build_now(base)
    return plan_of(build.version.plan) if build else plan_now(base)


def columns_of(plan: Plan, tables: Sequence[LakeTable]) -> list[ColumnLine]:
    titles = {one.slug: one.title for one in tables}
    return [
        ColumnLine(
            column=column,
            kind=Kind(column.kind).label,
            rule=RuleOf(column.rule).label,
            order=[titles.get(slug, slug) for slug in column.order],
            fed_by=[
                (titles.get(source.table, source.table), source.columns[column.name].column)
                for source in plan.sources
                if column.name in source.columns
            ],
        )
        for column in plan.columns
    ]


def tables_of(plan: Plan) -> list[LakeTable]:
    return lake_tables(plan.tables)


def source_titles(plan: Plan) -> list[str]:
    """Of the tables that feed it, in its order: whose each is, and what it is called."""
    known = {one.slug: f"{one.department_name}：{one.title}" for one in tables_of(plan)}
    return [known.get(slug, slug) for slug in plan.tables]


def titles_of(plans: Iterable[Plan]) -> dict[str, str]:
    """Of all their tables at once."""
    slugs = sorted({slug for plan in plans for slug in plan.tables})
    return {one.slug: one.title for one in lake_tables(slugs)} if slugs else {}


def sources_of(
    plan: Plan,
    tables: Sequence[LakeTable],
    build: Build | None,
    leaves: Mapping[str, SourceLeave] | None = None,
) -> list[SourceLine]:
    known = {one.slug: one for one in tables}
    counts = build.counts.get("sources", {}) if build else {}
    return [
        SourceLine(
            table=known[source.table],
            leave=leaves.get(source.table) if leaves else None,
            is_read=build is not None and source.table in build.sources,
            rows=counts.get(source.table, {}).get("rows"),
            without=counts.get(source.table, {}).get("without"),
            unusable=counts.get(source.table, {}).get("unusable"),
        )
        for source in plan.sources
        if source.table in known
    ]


def fields_of(plan: Plan, build: Build | None) -> list[FieldLine]:
    """The declared weights, and beside them those that the base's own pairs give."""
    estimates = build.counts.get("estimates", {}) if build else {}
    told = []
    for field in plan.fields:
        weights = weights_of(field)
        near, found = weights.get(Level.NEAR), estimates.get(field.column)
        told.append(
            FieldLine(
                title=plan.column(field.column).title,
                same=points(weights[Level.SAME]),
                near=points(near) if near is not None else "不算",
                differs=points(weights[Level.DIFFERS]),
                own=counted_weights(found, has_near=near is not None) if found else None,
            )
        )
    return told


def builds_of(base: Base, page: str) -> Page[Build]:
    rows = Build.objects.filter(base=base).select_related("version").order_by("-number")
    return Paginator(rows, A_PAGE).get_page(page)


def build_now(base: Base) -> Build | None:
    """The one that is read."""
    return Build.objects.filter(base=base, number=base.built).select_related("version").first()


def open_build(base: Base) -> Build | None:
    return Build.objects.filter(base=base, state__in=OPEN).first()


def kept_by(by: Actor) -> list[tuple[str, str]]:
    """Slug and title of the bases of the own department."""
    rows = Base.objects.filter(owner__credit_code=by.department).order_by("title")
    return list(rows.values_list("slug", "title"))


def build_for(by: Actor, build_id: int) -> Build:
    rows = Build.objects.select_related("base__owner", "version")
    found = rows.filter(pk=build_id).first()
    if found is None or not policy.may_see(by, found.base, providers_of(found.base)):
        raise NotFound
    return found


def conflicts_of(build: Build) -> list[ConflictLine]:
    plan = plan_of(build.version.plan)
    titles = titles_of([plan])
    told = build.counts.get("conflicts", {})
    return [
        ConflictLine(
            name=column.name,
            title=column.title,
            entities=told[column.name]["entities"],
            lost=sorted(
                (
                    (titles.get(slug, slug), count)
                    for slug, count in told[column.name]["lost"].items()
                ),
                key=lambda one: (-one[1], one[0]),
            ),
        )
        for column in plan.columns
        if column.name in told
    ]


def lost_in(base: Base, column: str) -> list[tuple[LakeTable, int]]:
    """Tables whose value of the column lost in the build that is read, and how often."""
    build = build_now(base)
    told = build.counts.get("conflicts", {}).get(column, {}).get("lost", {}) if build else {}
    return [(one, told[one.slug]) for one in lake_tables(sorted(told))] if told else []


def disputed(base: Base, column: str, page: str) -> Page[GoldenRecord]:
    rows = records_now(base).exclude(said={}).filter(said__has_key=column)
    return Paginator(rows.select_related("version").order_by("number"), A_PAGE).get_page(page)


def undecided() -> QuerySet[UncertainPair]:
    """That nobody has decided, with these values, since the build that asked."""
    decided = Decision.objects.filter(
        base=OuterRef("base"), left=OuterRef("left"), right=OuterRef("right"),
        digest=OuterRef("digest"), revoked_at=None,
    ).exclude(verdict=Verdict.UNSURE)  # fmt: skip
    return UncertainPair.objects.filter(~Exists(decided))


def pairs_of(base: Base, page: str) -> Page[UncertainPair]:
    """The surest first: most of them take a moment."""
    rows = undecided().filter(base=base).select_related("version").order_by("-score", "pk")
    return Paginator(rows, PAIRS_A_PAGE).get_page(page)


def pair_for(by: Actor, pair_id: int) -> UncertainPair:
    rows = UncertainPair.objects.select_related("base__owner", "version")
    found = rows.filter(pk=pair_id).first()
    if found is None or not policy.may_see(by, found.base, providers_of(found.base)):
        raise NotFound
    return found


def standing(pair: UncertainPair) -> Decision | None:
    rows = Decision.objects.filter(base=pair.base_id, left=pair.left, right=pair.right)
    return rows.filter(revoked_at=None).first()


def decisions_of(base: Base, page: str) -> Page[Decision]:
    rows = Decision.objects.filter(base=base).order_by("-pk")
    return Paginator(rows, PAIRS_A_PAGE).get_page(page)


def _seen_by(by: Actor) -> QuerySet[Base]:
    rows = Base.objects.select_related("owner")
    if by.holds(Post.AUTHORITY):
        return rows
    fed = newest_versions().filter(sources__source__department__credit_code=by.department)
    return rows.filter(Q(owner__credit_code=by.department) | Q(pk__in=fed.values("base")))
