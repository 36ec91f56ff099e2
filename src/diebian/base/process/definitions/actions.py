"""Deploying: a file that is right becomes a version, once."""

from hashlib import sha256

from django.db import connection, transaction

from diebian.base.process.decisions.analysis import Kind as Finding
from diebian.base.process.decisions.analysis import analysed
from diebian.base.process.decisions.reading import read_model
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .deployable import check_what_it_needs
from .models import Language, Version
from .reading import read
from .refusals import NotDeployable, NotOneDecision, Problem

ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext(%s))"


@transaction.atomic
def deploy(*, file: bytes, by: Actor) -> Version:
    """The same file as the newest version is that version. Raises `NotXml`, `NotDeployable`."""
    if not policy.may_deploy(by):
        raise Refused
    drawing = read(file)
    check_what_it_needs(drawing)
    return _version(Language.BPMN, drawing.key, drawing.name, file, by)


@transaction.atomic
def deploy_table(*, file: bytes, by: Actor) -> Version:
    """A DMN file, under the name of the one decision that it is for.

    Raises what reading does, and `NotDeployable` where two rules may both apply.
    """
    if not policy.may_deploy(by):
        raise Refused
    model = read_model(file)
    tops = model.tops
    if len(tops) != 1:
        raise NotOneDecision("、".join(one.name for one in tops))
    overlaps = [
        Problem(found.line, table.owner, found.kind, found.sentence)
        for decision in model.decisions.values()
        for table in decision.tables
        for found in analysed(table)
        if found.kind == Finding.OVERLAP
    ]
    if overlaps:
        raise NotDeployable(overlaps)
    return _version(Language.DMN, tops[0].name, tops[0].name, file, by)


def _version(language: Language, key: str, name: str, file: bytes, by: Actor) -> Version:
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
        deployed_at=clock.now(),
        deployed_by=by.name,
    )
    audit.record(by=by, action="process.deployed", subject=f"{language}:{key}:{made.number}")
    return made
