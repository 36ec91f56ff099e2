"""The columns of each CSV file of a city's folder."""

from collections.abc import Mapping

from diebian.standards.metadata import UpdateCycle
from diebian.standards.themes import Theme

from .tables import Spec
from .words import (
    CODE,
    CREDIT_CODE,
    DAY,
    DIVISION,
    FILLED,
    FLAG,
    FREE,
    ITEM_CODE,
    MARK,
    PATH,
    SLUG,
    TYPE_CODE,
    WHOLE,
    listed,
    one_of,
    optional,
    pattern,
)

KINDS_OF_ITEM = (
    "行政许可", "行政确认", "公共服务", "行政给付", "行政奖励", "行政裁决", "其他行政权力",
)  # fmt: skip
OBJECT = listed(one_of(("自然人", "法人")))
LEVEL = one_of(("province", "city", "county", "town", "village"))
WORKING_KINDS = ("workday", "adjusted_workday")
FIELD = pattern(r"[^:;]+:[CNDTG](:\d+(,\d+)?)?(:[PS])?", "应写成 名称:类型:长度[:P 或 S]")
ASKED = pattern(r"[a-z][a-z0-9_]*=[A-Za-z0-9_]+", "应写成 我们的参数名=上级的参数名")
UPPER_ITEM = pattern(r"[^:;]+:[a-z][a-z0-9_]*:[1-4](:[PS])?", "应写成 名称:字段名:级别[:P 或 S]")
HOLIDAYS = Spec(
    {
        "date": DAY,
        "iso_weekday": one_of("1234567"),
        "kind": one_of(("holiday", "weekend", *WORKING_KINDS)),
        "name": FREE,
        "is_workday": FLAG,
        "status": one_of(("official", "provisional")),
        "source": FREE,
    },
    (("date",),),
)
REQUIRED: Mapping[str, Spec] = {
    "divisions.csv": Spec(
        {
            "code": DIVISION,
            "name": FILLED,
            "parent_code": optional(DIVISION),
            "level": LEVEL,
            "unit_kind": FILLED,
            "is_dev_zone": FLAG,
            "is_statistical_virtual": FLAG,
            "source": FREE,
            "status": MARK,
        },
        (("code",),),
    ),
    "organisations.csv": Spec(
        {
            "code": CODE,
            "name": FILLED,
            "short_name": FILLED,
            "parent_code": optional(CODE),
            "level": one_of(("city", "county", "town")),
            "kind": FILLED,
            "division_code": DIVISION,
            "counterpart": optional(CODE),
            "duty": FREE,
            "in_published_36": FLAG,
            "uscc": CREDIT_CODE,
            "uscc_status": one_of(("sample", "real")),
            "status": MARK,
            "source": FREE,
        },
        (("code",), ("uscc",)),
        optional=frozenset({"counterpart"}),
    ),
    "service_items.csv": Spec(
        {
            "code": CODE,
            "name": FILLED,
            "national_code": optional(ITEM_CODE),
            "kind": one_of(KINDS_OF_ITEM),
            "org_code": CODE,
            "org_short": FILLED,
            "levels": listed(one_of(("市级", "县级", "乡级"))),
            "object": OBJECT,
            "statutory_days": optional(WHOLE),
            "statutory_unit": optional(one_of(("工作日", "日"))),
            "statutory_source": FREE,
            "statutory_check": one_of(("checked", "recalled", "law_default", "unknown")),
            "promised_days": optional(WHOLE),
            "promised_status": optional(MARK),
            "fee": FREE,
            "city_wide": FLAG,
            "self_built_system": FREE,
            "result_licence": optional(CODE),
            "materials": optional(listed(CODE)),
            "status": MARK,
            "source": FREE,
        },
        (("code",), ("name",)),
        optional=frozenset({"national_code"}),
    ),
}
OPTIONAL: Mapping[str, Spec] = {
    "materials.csv": Spec(
        {
            "code": CODE,
            "name": FILLED,
            "normal_identity": pattern(
                r"(LICENCE|DATA|FORM|DOC):.+", "应以 LICENCE:、DATA:、FORM: 或 DOC: 开头"
            ),
            "exempt_mode": one_of(("licence", "data", "form", "upload")),
            "replace_licence": optional(CODE),
            "replace_catalogue_name": FREE,
            "replace_catalogue": optional(CODE),
            "aliases": FREE,
            "status": MARK,
            "source": FREE,
        },
        (("code",), ("name",)),
    ),
    "licence_types.csv": Spec(
        {
            "code": CODE,
            "name": FILLED,
            "holder_kind": one_of(("person", "legal", "both")),
            "issuer_org": CODE,
            "issuer_name": FILLED,
            "category": one_of(("证件", "证明", "证照", "批文")),
            "validity": FREE,
            "national_type_code": optional(TYPE_CODE),
            "national_code_note": FREE,
            "sample_collected_122": FLAG,
            "sample_used_66": FLAG,
            "status": MARK,
            "source": FREE,
        },
        (("code",), ("name",)),
    ),
    "catalogue.csv": Spec(
        {
            "code": CODE,
            "name": FILLED,
            "org_code": CODE,
            "org_short": FILLED,
            "template": FILLED,
            "field_count": WHOLE,
            "fields": listed(FIELD),
            "share_type": one_of(("无条件共享", "有条件共享", "不予共享")),
            "share_condition": FREE,
            "open_type": one_of(("无条件开放", "有条件开放", "不予开放")),
            "update_cycle": one_of(UpdateCycle.labels),
            "security_level": pattern(r"一般数据[1-4]级", "应为 一般数据1级 至 一般数据4级"),
            "theme": optional(one_of(Theme.labels)),
            "origin": FREE,
            "status": MARK,
        },
        (("code",), ("name",)),
        optional=frozenset({"theme"}),
    ),
    "synonyms.csv": Spec({"words": listed(FILLED), "status": MARK}, (("words",),)),
    "resources.csv": Spec(
        {
            "code": CODE,
            "catalogue_code": CODE,
            "name": FILLED,
            "kind": one_of(("table", "file", "interface")),
            "format": FILLED,
            "org_code": CODE,
            "note": FREE,
            "status": MARK,
        },
        (("code",),),
    ),
    "upper_resources.csv": Spec(
        {
            "slug": SLUG,
            "node": SLUG,
            "theme": FILLED,
            "name": FILLED,
            "path": PATH,
            "request": ASKED,
            "probe": FILLED,
            "items": listed(UPPER_ITEM),
            "quota_day": WHOLE,
            "status": MARK,
        },
        (("slug",), ("node", "path"), ("theme", "name")),
    ),
    "one_things.csv": Spec(
        {
            "code": CODE,
            "name": FILLED,
            "type": one_of(("cross", "personal")),
            "object": OBJECT,
            "lead_org": CODE,
            "lead_short": FILLED,
            "member_count": WHOLE,
            "org_count": WHOLE,
            "status": MARK,
            "source": FREE,
        },
        (("code",), ("name",)),
    ),
    "one_thing_members.csv": Spec(
        {
            "theme_code": CODE,
            "seq": WHOLE,
            "item_code": CODE,
            "item_name": FILLED,
            "org_code": CODE,
            "after_seq": optional(listed(WHOLE)),
            "condition": FREE,
            "status": MARK,
        },
        (("theme_code", "seq"),),
    ),
}
