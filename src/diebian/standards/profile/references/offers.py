"""Service items, materials, licence types, catalogue, resources: who refers to whom."""

from collections.abc import Iterator

from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed
from diebian.standards.profile.tables import Table


def faults(told: Parsed) -> Iterator[Fault]:
    yield from _items(told)
    yield from _materials(told)
    yield from _licence_types(told)
    yield from _catalogue(told)
    yield from _resources(told)


def refers(
    told: Parsed, table: Table, column: str, to: str, what: str, *, several: bool = False
) -> Iterator[Fault]:
    """Each filled cell of `column` names a code of the file `to`."""
    known = told.codes(to)
    if known is None:
        known = {} if to not in told.tables else None
    for line, row in table:
        cell = row[column]
        for code in cell.split(";") if several else [cell]:
            if code and known is not None and code not in known:
                yield table.fault(line, f"{what}不存在：{code}")


def _items(told: Parsed) -> Iterator[Fault]:
    table = told.rows("service_items.csv")
    organisations = told.codes("organisations.csv") or {}
    yield from refers(told, table, "org_code", "organisations.csv", "办理机构")
    yield from refers(told, table, "result_licence", "licence_types.csv", "结果证照")
    yield from refers(told, table, "materials", "materials.csv", "材料", several=True)
    for line, row in table:
        listed = row["materials"].split(";")
        if len(listed) != len(set(listed)):
            yield table.fault(line, "同一份材料写了两次")
        law, promised = row["statutory_days"], row["promised_days"]
        if law.isdecimal() and promised.isdecimal() and int(promised) > int(law):
            yield table.fault(line, f"承诺 {promised} 日长于法定 {law} 日")
        if bool(law) != bool(row["statutory_source"]) or bool(law) != bool(row["statutory_unit"]):
            yield table.fault(line, "法定时限要同时写天数、单位和依据，不知道就三处都留空")
        if bool(promised) != bool(row["promised_status"]):
            yield table.fault(line, "承诺时限要同时写天数和 promised_status，或都留空")
        owner = organisations.get(row["org_code"])
        if owner is not None and owner["short_name"] != row["org_short"]:
            yield table.fault(line, f"{row['org_code']} 的简称是“{owner['short_name']}”")


def _materials(told: Parsed) -> Iterator[Fault]:
    table = told.rows("materials.csv")
    yield from refers(told, table, "replace_licence", "licence_types.csv", "替代证照")
    yield from refers(told, table, "replace_catalogue", "catalogue.csv", "替代目录")
    catalogue = told.codes("catalogue.csv") or {}
    names = {row["name"]: line for line, row in table}
    seen: dict[str, int] = {}
    for line, row in table:
        for column, mode in (("replace_licence", "licence"), ("replace_catalogue", "data")):
            if bool(row[column]) != (row["exempt_mode"] == mode):
                yield table.fault(line, f"exempt_mode 为 {mode} 时写 {column}，否则留空")
        entry = catalogue.get(row["replace_catalogue"])
        if entry is not None and entry["name"] != row["replace_catalogue_name"]:
            yield table.fault(line, f"目录 {entry['code']} 叫“{entry['name']}”")
        for alias in filter(None, row["aliases"].split(";")):
            first = seen.setdefault(alias, names.get(alias, line))
            if first != line or alias in names:
                yield table.fault(line, f"别名“{alias}”与第 {first} 行分不清")


def _licence_types(told: Parsed) -> Iterator[Fault]:
    table, known = told.rows("licence_types.csv"), told.codes("organisations.csv") or {}
    yield from refers(told, table, "issuer_org", "organisations.csv", "颁发机构")
    for line, row in table:
        issuer = known.get(row["issuer_org"])
        if issuer is not None and issuer["name"] != row["issuer_name"]:
            yield table.fault(line, f"{row['issuer_org']} 叫“{issuer['name']}”")
        if row["sample_used_66"] == "1" and row["sample_collected_122"] == "0":
            yield table.fault(line, "写了已使用，却没有归集")


def _catalogue(told: Parsed) -> Iterator[Fault]:
    table = told.rows("catalogue.csv")
    yield from refers(told, table, "org_code", "organisations.csv", "提供机构")
    for line, row in table:
        fields = [field.split(":")[0] for field in row["fields"].split(";")]
        if str(len(fields)) != row["field_count"]:
            yield table.fault(
                line, f"field_count 是 {row['field_count']}，写了 {len(fields)} 个字段"
            )
        if len(fields) != len(set(fields)):
            yield table.fault(line, "有同名的字段")
        if (row["share_type"] == "无条件共享") == bool(row["share_condition"]):
            yield table.fault(line, "有条件共享、不予共享要写条件或理由，无条件共享不写")
        if row["security_level"][-2:] in {"3级", "4级"} and row["open_type"] == "无条件开放":
            yield table.fault(line, "3 级、4 级数据不能无条件开放")


def _resources(told: Parsed) -> Iterator[Fault]:
    table, catalogue = told.rows("resources.csv"), told.codes("catalogue.csv") or {}
    yield from refers(told, table, "catalogue_code", "catalogue.csv", "目录")
    yield from refers(told, table, "org_code", "organisations.csv", "提供机构")
    for line, row in table:
        entry = catalogue.get(row["catalogue_code"])
        if entry is not None and entry["org_code"] != row["org_code"]:
            yield table.fault(line, f"目录 {entry['code']} 属于 {entry['org_code']}")
