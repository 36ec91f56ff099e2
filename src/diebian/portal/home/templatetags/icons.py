"""`{% load icons %}{% icon "check" %}`: a sign from the sprite. Words beside it say it too."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache  # a page has dozens, and there are as many signs as the sprite has
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="ic" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        static("diebian/icons.svg"),
        name,
    )
