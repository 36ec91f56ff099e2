"""Tables of licences: of collections of the journey, of known types, declared in a post."""

from collections.abc import Iterator

from diebian.standards.profile.faults import Fault
from diebian.standards.profile.licences import FILE, tables_faults, types_of
from diebian.standards.profile.parsed import Parsed

from .posts import officials_of


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document(FILE)
    if document is None:
        return
    yield from tables_faults(document)
    journey, officials = told.document("journey.yaml"), officials_of(told)
    known = {one["slug"] for one in journey.data.get("collections", [])} if journey else None
    types = told.codes("licence_types.csv")
    for place, one in enumerate(document.data["tables"]):
        at = ("tables", place)
        if known is not None and one["table"] not in known:
            said = f"journey.yaml 的 collections 里没有 {one['table']}"
            yield document.fault(said, *at, "table")
        named = set(types_of(one).values())
        for code in sorted(named - set(named if types is None else types)):
            yield document.fault(f"licence_types.csv 里没有 {code}", *at, "type")
        if "declared_by" not in one:
            yield document.fault("缺少 declared_by：哪位数据管理员声明", *at)
        elif officials is not None and not _may(officials.get(one["declared_by"])):
            said = f"{one['declared_by']} 不是数据管理员，也不是数据主管部门的人员"
            yield document.fault(said, *at, "declared_by")


def _may(official: dict[str, object] | None) -> bool:
    posts = official["posts"] if official else []
    return isinstance(posts, list) and not {"data_manager", "data_authority"}.isdisjoint(posts)
