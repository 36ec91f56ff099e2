"""The tree grows behind the writers, and hands out proofs."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from diebian.kernel import clock
from diebian.security.audit import actions, heads
from diebian.security.audit.models import AuditEntry, Head, Leaf, Waiting
from diebian.security.audit.proofs import proof_of
from diebian.security.audit.public import AuditLine, grow_tree, lines_about, record
from diebian.security.audit.refusals import NotInTheTree, TreeBroken
from diebian.security.audit.verification import examine

from .trail import Somebody, as_owner, faults, three_heads_over_nine

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_folder")]


def test_nothing_is_signed_on_top_of_a_broken_tree() -> None:
    three_heads_over_nine()
    as_owner(("update audit_head set peaks = set_byte(peaks, 0, 255 - get_byte(peaks, 0))",))
    record(by=Somebody(), action="sample.done", subject="sample:1")
    with pytest.raises(TreeBroken):
        grow_tree()
    assert Head.objects.count() == 3


def test_a_proof_is_checked_offline_and_a_changed_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = three_heads_over_nine()
    file = tmp_path / "proof.json"
    for position, entry in enumerate(entries):
        file.write_text(proof_of(entry))
        call_command("audit", "check", str(file))
        assert f"是 9 条中的第 {position + 1} 条" in capsys.readouterr().out
    told = json.loads(file.read_text())
    told["entry"]["actor"] = "别人"
    file.write_text(json.dumps(told))
    with pytest.raises(CommandError, match=r"audit\.proof_wrong"):
        call_command("audit", "check", str(file))


def test_a_proof_is_not_yet_there_before_the_tree_has_grown() -> None:
    record(by=Somebody(), action="sample.done", subject="sample:1")
    with pytest.raises(NotInTheTree):
        proof_of(AuditEntry.objects.get().pk)


def test_what_commits_later_gets_a_later_place_and_nobody_waits() -> None:
    """An open transaction holds an older entry; others write and the tree grows meanwhile."""
    wrote, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(by=Somebody(), action="sample.slow", subject="sample:1")
            wrote.set()
            may_end.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    wrote.wait(10)
    record(by=Somebody(), action="sample.quick", subject="sample:1")
    grow_tree()
    may_end.set()
    thread.join()
    grow_tree()
    names = dict(AuditEntry.objects.values_list("pk", "action"))
    places = Leaf.objects.order_by("position").values_list("entry", flat=True)
    assert [names[entry] for entry in places] == ["sample.quick", "sample.slow"]
    assert not Waiting.objects.exists()
    assert faults() == ""


def test_of_two_growers_one_waits_for_nothing() -> None:
    record(by=Somebody(), action="sample.done", subject="sample:1")
    held, may_end = threading.Event(), threading.Event()

    def other() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [actions.ONE_GROWER])
            held.set()
            may_end.wait(10)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    held.wait(10)
    assert grow_tree() is None
    may_end.set()
    thread.join()
    assert grow_tree() is not None


def test_a_rolled_back_growth_publishes_no_head() -> None:
    record(by=Somebody(), action="sample.done", subject="sample:1")
    with transaction.atomic():
        grow_tree()
        transaction.set_rollback(True)
    assert list(heads.published()) == []


def test_the_lines_about_a_thing_tell_who_did_what() -> None:
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    with clock.held_at(moment):
        record(by=Somebody(), action="sample.done", subject="sample:7")
    assert lines_about("sample:7") == [AuditLine(moment, "样例人员", "", "sample.done")]


def test_the_migration_can_be_taken_back_and_done_again() -> None:
    call_command("migrate", "audit", "zero", verbosity=0)
    call_command("migrate", "audit", verbosity=0)
    record(by=Somebody(), action="sample.done", subject="sample:1")
    grow_tree()
    assert examine().size == 1
