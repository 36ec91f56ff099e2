"""Who supervises, who carries out, who fills a sheet. Yes or no, in one sentence each.

The supervisor is the authority that runs the service centres; a post of its own for a 督查室 would
be one word here.
"""

from diebian.security.identity.public import PLATFORM, Actor, Post

from .models import Sheet, Task


def supervises(by: Actor) -> bool:
    return by.holds(Post.AUTHORITY)


def may_raise(by: Actor) -> bool:
    """The city's leaders give instructions; the supervisor takes in what meetings and plans say."""
    return supervises(by) or by.holds(Post.MAYOR)


def leads(by: Actor, task: Task) -> bool:
    if task.lead is None or by.department != task.lead.credit_code:
        return False
    return by.holds(Post.HEAD) or (task.owner != "" and by.key == task.owner)


def helps(by: Actor, task: Task) -> bool:
    """配合单位: reports, and decides nothing."""
    return by.holds(Post.HEAD) and by.department in task.co


def may_see(by: Actor, task: Task) -> bool:
    return may_raise(by) or leads(by, task) or helps(by, task)


def may_urge(by: Actor) -> bool:
    return may_raise(by)


def has_desk(by: Actor) -> bool:
    return may_raise(by) or by.holds(Post.HEAD)


def may_look(by: Actor) -> bool:
    """At the lists: whoever was named for a task need not be a head."""
    return by.department != ""


def fills(by: Actor, sheet: Sheet) -> bool:
    return by.holds(Post.HEAD) and by.department == sheet.site.department.credit_code


def may_see_sheet(by: Actor, sheet: Sheet) -> bool:
    return may_raise(by) or fills(by, sheet)


def may_run(by: Actor) -> bool:
    """What happens by itself."""
    return by == PLATFORM
