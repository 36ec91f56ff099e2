"""Deploying: a file that is right becomes a version, once."""

from collections.abc import Sequence
from hashlib import sha256

from django.db import connection, transaction

from diebian.base.process.decisions.analysis import Kind as Finding
from diebian.base.process.decisions.analysis import analysed
from diebian.base.process.decisions.reading import read_model
from diebian.base.process.problems import Problem
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .deployable import check_what_it_needs
from .models import Language, Version
from .reading import read
from .refusals import NotDeployable, NotOneDecision

MOST_NOTES = 200
ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext(%s))"


@transaction.atomic
def deploy(*, file: bytes, by: Actor) -> Version:
    """The same file as the newest version is that version. Raises `NotXml`, `NotDeployable`."""
    if not policy.may_deploy(by):
        raise Refused
    drawing = read(file)
    check_what_it_needs(drawing)
    return _version(Language.BPMN, drawing.key, drawing.name, file, drawing.notes, by)


@transaction.atomic
def deploy_table(*, file: bytes, by: Actor) -> Version:
    """A DMN file, under the name of the one decision that it is for.

    Raises what reading does, and `NotDeployable` where two rules may both apply. What no rule says
    is an incident when it comes; the version's notes tell it now.
    """
    if not policy.may_deploy(by):
        raise Refused
    model = read_model(file)
    tops = model.tops
    if len(tops) != 1:
        raise NotOneDecision("、".join(one.name for one in tops))
    found = [
        Problem(one.line, table.owner, one.sentence, one.kind)
        for decision in model.decisions.values()
        for table in decision.tables
        for one in analysed(table)
    ]
    overlaps = [one for one in found if one.code == Finding.OVERLAP]
    if overlaps:
        raise NotDeployable(overlaps)
    return _version(Language.DMN, tops[0].name, tops[0].name, file, found, by)


def _version(
    language: Language, key: str, name: str, file: bytes, notes: Sequence[Problem], by: Actor
) -> Version:
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"process:{language}:{key}"])
    digest = sha256(file).hexdigest()
    last = Version.objects.filter(language=language, key=key).order_by("-number").first()
    if last is not None and last.digest == digest:
        return last
    made = Version.objects.create(
        language=language,
        key=key,
        number=last.number + 1 if last else 1,
        name=name[:200],
        digest=digest,
        file=file,
        notes=[str(one) for one in notes[:MOST_NOTES]],
        deployed_at=clock.now(),
        deployed_by=by.name,
    )
    audit.record(by=by, action="process.deployed", subject=f"{language}:{key}:{made.number}")
    return made
