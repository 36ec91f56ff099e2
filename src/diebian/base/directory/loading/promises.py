"""What the city promises for the steps of a share request. A new promise begins on its day; those
before it stay, for what began under them is counted by them.
"""

from collections.abc import Mapping

from diebian.base.directory.changes import Change, Verb
from diebian.base.directory.models import City
from diebian.kernel import clock
from diebian.standards.profile import CityProfile
from diebian.standards.promises import Step

Days = Mapping[str, int]


def load_promises(profile: CityProfile, *, dry_run: bool) -> list[Change]:
    """After the city's own row. Of two loads on one day the later one counts."""
    will: Days = dict(profile.city.get("sharing_days", {}))
    kept = City.objects.values_list("sharing_promises", flat=True).first() or []
    was: Days = kept[-1]["days"] if kept else {}
    if was == will:
        return []
    if not dry_run:
        today = clock.today().isoformat()
        earlier = [one for one in kept if one["since"] != today]
        City.objects.update(sharing_promises=[*earlier, {"since": today, "days": will}])
    subject = f"城市 {profile.city['code']} {profile.city['name']}"
    return [
        _change(subject, step, was, will, is_first=not kept)
        for step in Step
        if was.get(step) != will.get(step)
    ]


def _change(subject: str, step: Step, was: Days, will: Days, *, is_first: bool) -> Change:
    label = f"共享期限（{step.label}）"
    if is_first:
        return Change(Verb.NEW, f"{subject} {label}：{_told(will, step)}")
    return Change(Verb.CHANGED, subject, label, _told(was, step), _told(will, step))


def _told(days: Days, step: Step) -> str:
    return f"{days[step]} 个工作日" if step in days else ""
