"""`{% load marks %}{% mark item.mark %}`: how sure a row is, in words, beside what it says."""

from django import template
from django.utils.html import format_html

from diebian.standards.marks import mark_of

register = template.Library()


@register.simple_tag
def mark(told: str) -> str:
    """Nothing for what came from a named source, and nothing for an empty value."""
    label = mark_of(told).label if told else ""
    return format_html('<span class="tag tag--mark">{}</span>', label) if label else ""


@register.filter
def mark_label(told: str) -> str:
    """The words alone, for titles, lists and PDF."""
    return mark_of(told).label if told else ""
