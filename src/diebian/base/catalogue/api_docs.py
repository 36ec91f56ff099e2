"""What the catalogue says of its own addresses. The shape of a draft is read from its form."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from diebian.kernel.api_docs import Operation

from .forms import ChangeForm, DraftForm
from .paging import MOST, USUAL

JSON_LD = "application/ld+json"
ACT = {
    "type": "object",
    "properties": {
        "secrecy_reviewed": {"type": "boolean", "description": "submission：已完成保密审查"},
        "privacy_assessed": {"type": "boolean", "description": "submission：已完成影响评估"},
        "reason": {"type": "string", "maxLength": 300, "description": "return、withdrawal 的理由"},
    },
}
CKAN_QUERY = {"id": "要看的那一个", "q": "要找的词", "fq": "organization:、groups:、tags:",
              "rows": "最多几个", "start": "从第几个起",
              "facet.field": 'JSON 列表：["organization", "groups", "tags"]',
              "facet.limit": "每种最多几个，负数是全部",
              "resource_id": "datastore_search：开放数据的资源",
              "filters": "datastore_search：JSON，列到值", "sort": "列 desc, 列",
              "fields": "要哪些列", "limit": "最多几行", "offset": "从第几行起"}  # fmt: skip


def operations_of_catalogue() -> Iterator[Operation]:
    yield Operation(
        "GET catalogue:api-entries",
        "已发布的目录，一页一页给：next（也在 Link 头里）是下一页的地址，最后一页没有",
        query={
            "limit": f"一页几条，1 到 {MOST}，不写是 {USUAL}",
            "after": "上一页最后一条的 id，从它之后给起",
        },
        answers={200: "entries 和 next，带 ETag", 304: "和 If-None-Match 里的一样"},
    )
    yield Operation(
        "POST catalogue:api-entries",
        "起草一条目录",
        sends=schema_of(DraftForm()),
        answers={201: "已存为草稿"},
    )
    yield Operation("GET catalogue:api-entry", "一条已发布的目录，带信息项和资源")
    yield Operation(
        "POST catalogue:api-act",
        "起草的 submission、approval、publication、return；已发布的 review、withdrawal、change、"
        "change-approval、change-publication、change-return",
        sends={"anyOf": [ACT, schema_of(ChangeForm())]},
        answers={201: "做了"},
    )
    pages = {"page": "第几页"}
    yield Operation("GET catalogue:dcat", "DCAT-AP 目录", kind=JSON_LD, query=pages, is_public=True)
    yield Operation("GET catalogue:dcat-dataset", "DCAT-AP 数据集", kind=JSON_LD, is_public=True)
    for name in ("ckan", "ckan-short"):
        summary = "CKAN 动作接口，只读"
        yield Operation(f"GET catalogue:{name}", summary, query=CKAN_QUERY, is_public=True)
        yield Operation(f"POST catalogue:{name}", summary, sends={"type": "object"}, is_public=True)
    yield Operation("GET catalogue:openapi", "本文件", is_public=True)


def schema_of(form: forms.Form) -> Mapping[str, Any]:
    needed = [name for name, field in form.fields.items() if field.required]
    shapes = {name: _shape(field) for name, field in form.fields.items()}
    return {"type": "object", "required": needed, "properties": shapes}


def _shape(field: forms.Field) -> Mapping[str, Any]:
    shape: dict[str, Any] = {"type": "string", "title": str(field.label)}
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        shape["enum"] = [str(value) for value, _ in choices if str(value)]
    elif isinstance(field, forms.DateField):
        shape["format"] = "date"
    elif isinstance(field, forms.CharField) and field.max_length:
        shape["maxLength"] = field.max_length
    if field.help_text:
        shape["description"] = str(field.help_text)
    return shape
