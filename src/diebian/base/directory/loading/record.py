from typing import Any

from diebian.base.directory.changes import Change, Verb, differences
from diebian.base.directory.models import City
from diebian.base.directory.refusals import AnotherCity
from diebian.standards.profile import CityProfile

FACTS = {
    "name": "名称",
    "short_name": "简称",
    "hotline": "热线",
    "lead": "数据工作牵头机构",
    "is_sample": "标为样例",
    "map": "地图",
    "topics": "首页主题",
    "dispute_days": "争议各步的期限",
    "draft_days": "草稿保存的天数",
}


def load_record(profile: CityProfile, *, dry_run: bool) -> list[Change]:
    """The one row of the city. A database holds one city: another one is refused."""
    told = profile.city
    if City.objects.exclude(code=told["code"]).exists():
        raise AnotherCity
    will = _facts(profile)
    row = City.objects.filter(code=told["code"]).first()
    if row is None:
        changes = [Change(Verb.NEW, f"城市 {told['code']} {told['name']}")]
    else:
        was = {fact: getattr(row, fact) for fact in FACTS}
        changes = list(differences(f"城市 {told['code']} {told['name']}", was, will, FACTS))
    if not dry_run and changes:
        City.objects.update_or_create(code=told["code"], defaults=will)
    return changes


def _facts(profile: CityProfile) -> dict[str, Any]:
    told = profile.city
    leads = {row["code"]: row["uscc"] for row in profile.organisations}
    return {
        "name": told["name"],
        "short_name": told["short_name"],
        "hotline": told["hotline"],
        "lead": leads[told["data_lead"]],
        "is_sample": told["sample"],
        "map": dict(profile.map),
        "topics": list(told.get("topics", [])),
        "dispute_days": dict(told.get("dispute_days", {})),
        "draft_days": dict(told.get("draft_days", {})),
    }
