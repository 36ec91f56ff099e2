"""`{% crumbs "我的办件" address "申请" %}`: where this page stands.

Words and addresses in turn, from the home page; the last word is the page itself.
"""

from django import template

register = template.Library()


@register.inclusion_tag("home/crumbs.html")
def crumbs(*told: str) -> dict[str, object]:
    *way, here = told
    return {"way": list(zip(way[::2], way[1::2], strict=True)), "here": here}
