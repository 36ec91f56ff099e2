"""The version of a theme that is in force: its newest."""

from collections.abc import Collection

from .models import Theme, ThemeVersion


def newest_of(rows: Collection[Theme]) -> dict[int, ThemeVersion]:
    """By the theme's key; one that never could be compiled has none."""
    found = ThemeVersion.objects.filter(theme__in=[row.pk for row in rows])
    newest = found.order_by("theme", "-number").distinct("theme")
    return {one.theme_id: one for one in newest}
