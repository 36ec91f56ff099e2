"""Who hears of a correction: the office, whoever asked, and all who had used the value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from diebian.base.catalogue.public import resources_of
from diebian.base.exchange.public import Holder, Mode, holders_of
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    officials_holding,
    person,
)
from diebian.security.tracker.public import readers_of

from .models import Correction, Told
from .receivers import Corrected, Had, receivers

USERS = (Post.DATA_MANAGER, Post.APPLICANT)  # who works with data in a department that uses it
CASES_IN_WORDS = 3
MOST_IN_WORDS = 3  # of what else it was used by


@dataclass
class Use:
    """How one department came by the value."""

    cases: list[str] = field(default_factory=list)
    held: list[Holder] = field(default_factory=list)
    through: list[Had] = field(default_factory=list)


def tell_office(made: Correction, says: str) -> None:
    provider = made.resource.entry.provider.credit_code
    _tell(officials_holding(Post.DATA_MANAGER, department=provider), made, says)


def tell_opener(made: Correction, says: str) -> None:
    _tell(_concerned(made), made, says)


def tell_users(made: Correction, by: Actor) -> int:
    """Departments that read this person's record, by any resource of the entry, have the table, or
    came by the value through what was compared with it or made of it.

    They get no value: they ask anew at the source, under their own grant. The provider knows.
    Returns how many departments were told.
    """
    keys, provider = department_keys(), made.resource.entry.provider.credit_code
    uses = {code: use for code, use in _uses(made).items() if code in keys and code != provider}
    concerned = _concerned(made)  # who asked is told as such
    for code, use in uses.items():
        officials = _officials(code)
        Told.objects.create(
            correction=made,
            department_id=keys[code],
            cases=use.cases,
            requests=[one.request for one in use.held],
            through=[{"words": one.words, "href": one.href} for one in use.through],
            people=len(officials),
            at=clock.now(),
        )
        _tell([key for key in officials if key not in concerned], made, _words(made, use))
        audit.record(by=by, action="corrections.users_told", subject=made.audit_subject)
    return len(uses)


def _uses(made: Correction) -> Mapping[str, Use]:
    """By credit code. A record is read by its subject; a delivered table is held whole."""
    mounted = resources_of(made.resource.entry.public_id)
    titles = {made.resource.title, *(one.title for one in mounted)}
    found: dict[str, Use] = {}
    for reader in readers_of(subject=made.subject, resources=titles):
        found.setdefault(reader.department, Use()).cases += [one for one in reader.cases if one]
    for holder in holders_of({made.resource.slug, *(one.slug for one in mounted)}):
        found.setdefault(holder.department, Use()).held.append(holder)
    told = Corrected(
        entry=made.resource.entry.public_id,
        resources=frozenset({made.resource.slug, *(one.slug for one in mounted)}),
        subject=made.subject,
        id_number=made.id_number or _number_of(made.person_key),
    )
    for had in (had for one in receivers for had in one.found(told)):
        found.setdefault(had.department, Use()).through.append(had)
    return found


def _number_of(person_key: str) -> str:
    return person(person_key).id_number if person_key else ""


def _officials(department: str) -> list[str]:
    """Whoever works with data there; else its head; else the authority, to pass it on."""
    keys = [key for post in USERS for key in officials_holding(post, department=department)]
    keys = keys or officials_holding(Post.DATA_HEAD, department=department)
    return list(dict.fromkeys(keys or officials_holding(Post.AUTHORITY)))


def _words(made: Correction, use: Use) -> str:
    says = [f"{made.resource.entry.provider.name}已在源头改正“{made.item}”"]
    if use.cases:
        named = "、".join(use.cases[:CASES_IN_WORDS])
        more = f"等 {len(use.cases)} 件" if len(use.cases) > CASES_IN_WORDS else ""
        says.append(f"本部门为办件 {named}{more}查过它，请重新查询；办结的，请核对是否受影响")
    elif not (use.held or use.through):
        says.append("本部门查过它，请重新查询")
    modes = {one.mode for one in use.held}
    if Mode.TABLE in modes:
        says.append("接收库里有这张表，改好的行在下一次归集后送到")
    if Mode.FILE in modes:
        says.append("下载过这份文件，请重新下载")
    says += [one.words for one in use.through[:MOST_IN_WORDS]]
    if len(use.through) > MOST_IN_WORDS:
        says.append(f"这样的共 {len(use.through)} 处，都列在页上")
    return "。".join(says) + "。"


def _concerned(made: Correction) -> list[str]:
    """A system reads no messages: the people of its department do."""
    openers = _officials(made.asking) if made.request_key else [made.opened_by]
    return list(dict.fromkeys(one for one in (*openers, made.person_key) if one))


def _tell(keys: Iterable[str], made: Correction, says: str) -> None:
    link = reverse("corrections:correction", args=[made.public_id])
    title = f"校核：{made.resource.title}"
    notify_all(keys=keys, title=title, body=says, link=link, by=PLATFORM)
