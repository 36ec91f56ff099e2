"""`{% pages page %}`: the way to the other pages of a list; nothing where there is one only."""

from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()


@register.inclusion_tag("home/pages.html", takes_context=True)
def pages(context: template.Context, page: Page[Any]) -> dict[str, object]:
    """The address keeps whatever else was asked for."""
    return {"page": page, "request": context["request"]}
