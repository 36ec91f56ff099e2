"""Our things as CKAN writes them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from diebian.base.catalogue.models import Kind, Resource
from diebian.base.catalogue.offers import Offer
from diebian.security.identity.public import department_name
from diebian.standards.themes import Theme

from .published import Told, format_of

Thing = Mapping[str, Any]
SAYS: Mapping[str, str] = {
    Kind.INTERFACE: "申请共享后经网关调用",
    Kind.TABLE: "申请共享后按变化送到申请部门的库",
    Kind.FILE: "申请共享后下载",
}


def package(base: str, one: Told) -> Thing:
    entry = one.entry
    resources = [resource(base, one, row) for row in entry.resources.all()]
    resources += [offered(base, one, offer) for offer in one.offers]
    licence = next(iter(one.offers), None)
    code = entry.provider.credit_code
    tags = [_tag(item) for item in one.items]
    facts = {
        "共享类型": entry.get_sharing_display(),
        "共享条件": entry.share_condition,
        "开放类型": entry.get_open_type_display(),
        "更新周期": entry.get_update_cycle_display(),
        "数据分类": entry.get_data_class_display(),
        "数据级别": entry.get_level_display(),
        "区划": one.place,
    }
    return {
        "id": str(entry.public_id),
        "name": str(entry.public_id),
        "title": entry.title,
        "notes": one.description,
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": licence is not None,
        "license_id": licence.licence if licence else None,
        "license_title": licence.licence_title if licence else None,
        "license_url": licence.licence_url if licence else None,
        "url": f"{base}catalogue/{entry.public_id}/",
        "owner_org": code,
        "organization": organisation(code, entry.provider.name, None),
        "groups": [group(Theme(entry.theme), None)] if entry.theme else [],
        "tags": tags,
        "num_tags": len(tags),
        "resources": resources,
        "num_resources": len(resources),
        "extras": [{"key": key, "value": value} for key, value in facts.items() if value],
        "metadata_created": _moment(entry.published_at),
        "metadata_modified": _moment(one.modified),
    }


def resource(base: str, one: Told, row: Resource) -> Thing:
    return {
        "id": row.slug,
        "package_id": str(one.entry.public_id),
        "name": row.title,
        "description": SAYS[row.kind],
        "url": f"{base}catalogue/{one.entry.public_id}/",
        "url_type": None,
        "format": "API" if row.kind == Kind.INTERFACE else format_of(row),
        "datastore_active": False,
        "state": "active",
        "created": _moment(row.mounted_at),
        "last_modified": _moment(row.mounted_at),
    }


def offered(base: str, one: Told, offer: Offer) -> Thing:
    """A file or an API that everybody may take."""
    return {
        "id": offer.slug,
        "package_id": str(one.entry.public_id),
        "name": offer.title,
        "description": "任何人都可以取，也可以用 datastore_search 分页读",
        "datastore_active": True,
        "url": f"{base}{offer.path[1:]}",
        "url_type": None,
        "format": offer.format,
        "mimetype": offer.media_type,
        "size": offer.size,
        "state": "active",
        "created": _moment(offer.modified),
        "last_modified": _moment(offer.modified),
    }


def organisation(code: str, name: str, count: int | None) -> Thing:
    shown = name or department_name(code)
    return {**_group_like(code, code.lower(), shown, count), "is_organization": True}


def group(theme: Theme, count: int | None) -> Thing:
    name = group_name(theme)
    return {**_group_like(name, name, theme.label, count), "is_organization": False}


def group_name(theme: str) -> str:
    """A dot is no part of a name there."""
    return theme.replace(".", "-")


def theme_of(name: str) -> str:
    return name.replace("-", ".")


def _group_like(key: str, name: str, title: str, count: int | None) -> Thing:
    return {
        "id": key,
        "name": name,
        "title": title,
        "display_name": title,
        "description": "",
        "image_url": "",
        "state": "active",
        "approval_status": "approved",
        **({} if count is None else {"package_count": count}),
    }


def _tag(name: str) -> Thing:
    shown = {"id": name, "name": name, "display_name": name}
    return {**shown, "state": "active", "vocabulary_id": None}


def _moment(at: datetime | None) -> str:
    """As CKAN has it: UTC without a word for it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() if at else ""
