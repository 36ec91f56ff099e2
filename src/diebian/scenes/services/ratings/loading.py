"""`ratings.yaml` of a city's folder as terms. New ones begin on the day of their load; what began
under the former ones is counted by those.
"""

from collections.abc import Mapping
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, differences
from diebian.kernel import clock
from diebian.scenes.services.rating_models import RatingTerms
from diebian.security.identity.public import Actor
from diebian.standards.marks import mark_of
from diebian.standards.profile import CityProfile
from diebian.standards.profile.ratings import FILE
from diebian.standards.ratings import Grade, Step

from .terms import terms_now

SUBJECT = "好差评"
LABELS = {
    **{step.value: f"期限（{step.label}，工作日）" for step in Step},
    **{grade.name.lower(): f"标签（{grade.label}）" for grade in Grade},
    "mark": "标记",
}


def load_terms(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:  # noqa: ARG001
    """Runs within the directory's load. Of two loads on one day the later one counts."""
    told, kept = profile.document(FILE), terms_now()
    if not told and kept is None:
        return []
    days, tags = dict(told.get("days", {})), dict(told.get("tags", {}))
    mark = str(mark_of(told.get("status", "")))
    was = _facts(kept.days, kept.tags, kept.mark) if kept else dict.fromkeys(LABELS, "")
    changes = list(differences(SUBJECT, was, _facts(days, tags, mark), LABELS))
    if changes and not dry_run:
        RatingTerms.objects.update_or_create(
            since=clock.today(), defaults={"days": days, "tags": tags, "mark": mark}
        )
    return changes


SECTION = ProfileSection(slug="ratings", diff_and_load=load_terms)


def _facts(days: Mapping[str, int], tags: Mapping[str, list[str]], mark: str) -> dict[str, Any]:
    return {
        **{step.value: days.get(step.value, "") for step in Step},
        **{grade.name.lower(): tags.get(grade.name.lower(), "") for grade in Grade},
        "mark": mark,
    }
