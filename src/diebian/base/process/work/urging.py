"""催办: whoever waits asks whoever has it, once a day; both that and the answer stay readable."""

from diebian.base.messages.public import notify_all
from diebian.base.process.running import policy, rows
from diebian.base.process.running.standing import task_of
from diebian.base.process.running.state import Tok
from diebian.base.process.running.step import Step, stepping
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding

from .refusals import UrgedToday

POSTS = {one.value for one in Post}
TODAY = """select 1 from process_steplog where case_id = %s and action = 'task.urged'
and at >= %s and events @> jsonb_build_array(jsonb_build_object('task', %s::int)) limit 1"""


def urge(*, case: int, task: int, words: str, by: Actor, is_allowed: bool = False) -> int:
    """Returns how many were told. Raises `UrgedToday`."""
    with stepping(case, "task.urged", by) as step:
        token = task_of(step, task)
        if not (is_allowed or policy.may_urge(by, step.case)):
            raise Refused
        if is_urged_today(case, task):
            raise UrgedToday
        told = words.strip()[:500]
        step.log("urged", token.element, task=task, words=told)
        return _tell(step, token, told)


def is_urged_today(case: int, task: int) -> bool:
    with rows.cursor() as cursor:
        return cursor.execute(TODAY, (case, clock.midnight(), task)).fetchone() is not None


def whoever_has(token: Tok) -> list[str]:
    """Who holds it; where nobody does, all who may take it."""
    if token.holder:
        return [token.holder]
    is_desk = token.post in POSTS
    return list(officials_holding(Post(token.post), department=token.department)) if is_desk else []


def _tell(step: Step, token: Tok, words: str) -> int:
    keys = whoever_has(token)
    days = (step.now - token.since).days
    body = f"“{step.node(token).name}”已等 {days} 天。{step.by.name}催办：{words or '请尽快办理'}"
    notify_all(keys=keys, title=f"催办：{step.case.title}", body=body, by=PLATFORM)
    return len(keys)
