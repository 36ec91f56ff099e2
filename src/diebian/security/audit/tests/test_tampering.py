"""The trail proves itself, also against the owner of the database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from diebian.kernel import clock
from diebian.security.audit import heads
from diebian.security.audit.models import AuditEntry
from diebian.security.audit.public import grow_tree, record
from diebian.security.audit.tree import leaf_hash

from .trail import Somebody, as_owner, faults, three_heads_over_nine

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_folder")]


def test_an_untouched_trail_is_found_well(capsys: pytest.CaptureFixture[str]) -> None:
    three_heads_over_nine()
    record(by=Somebody(), action="sample.late", subject="sample:2")
    call_command("audit", "verify")
    told = capsys.readouterr().out
    assert "9 条都与签名的树头一致（3 个树头），另有 1 条等待入树" in told


def test_an_altered_entry_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    entries = three_heads_over_nine()
    as_owner(("update audit_auditentry set actor = '别人' where id = %s", entries[4]))
    with pytest.raises(CommandError, match="1 处不对"):
        call_command("audit", "verify")
    assert f"第 5 条（编号 {entries[4]}）：入树以后被改动过" in capsys.readouterr().out


def test_an_entry_altered_together_with_its_leaf_is_found_between_two_heads() -> None:
    entries = three_heads_over_nine()
    as_owner(("update audit_auditentry set actor = '别人' where id = %s", entries[4]))
    changed = leaf_hash(AuditEntry.objects.get(pk=entries[4]).facts.content)
    as_owner(("update audit_leaf set hash = %s where position = 4", changed))
    assert faults().startswith("第 4 至 6 条：与签名的树头对不上")


def test_a_removed_entry_is_named() -> None:
    entries = three_heads_over_nine()
    as_owner(("delete from audit_auditentry where id = %s", entries[2]))
    assert faults() == f"第 3 条（编号 {entries[2]}）：被删除了，只剩叶子"


def test_entries_removed_with_their_leaves_are_named() -> None:
    entries = three_heads_over_nine()
    as_owner(
        ("delete from audit_auditentry where id = any(%s)", entries[3:5]),
        ("delete from audit_leaf where entry = any(%s)", entries[3:5]),
    )
    assert faults() == "第 4 至 5 条：连同叶子被删除了"


def test_a_closed_gap_is_found() -> None:
    entries = three_heads_over_nine()
    as_owner(
        ("delete from audit_auditentry where id = %s", entries[3]),
        ("delete from audit_leaf where position = 3",),
        ("update audit_leaf set position = -position where position > 3",),
        ("update audit_leaf set position = -position - 1 where position < 0",),
    )
    assert "第 4 至 6 条：与签名的树头对不上" in faults()
    assert "末尾被删除" in faults()


def test_a_row_that_slipped_in_beside_the_trigger_is_named() -> None:
    three_heads_over_nine()
    as_owner(
        (
            "insert into audit_auditentry (id, at, actor, department, action, subject) "
            "values (0, now(), '别人', '', 'sample.forged', 'sample:1')",
        )
    )
    assert faults() == "编号 0：多出来的一条，没有经过入树登记，是被插入的"


def test_a_row_dated_back_is_suspected() -> None:
    entries = three_heads_over_nine()
    with clock.held_at(datetime.now(UTC) - timedelta(days=30)):  # noqa: TID251
        record(by=Somebody(), action="sample.forged", subject="sample:1")
    grow_tree()
    assert f"（编号 {entries[-1] + 1}）：自称" in faults()
    assert "疑为事后插入" in faults()


def test_a_tail_cut_with_its_heads_is_found_by_the_heads_outside() -> None:
    entries = three_heads_over_nine()
    as_owner(
        ("delete from audit_auditentry where id > %s", entries[5]),
        ("delete from audit_leaf where position > 5",),
        ("delete from audit_head where size > 6",),
    )
    assert "第 7 至 9 条" in faults()
    assert "库里只剩 6 条，末尾被删除" in faults()


def test_a_rewritten_end_is_found_by_the_heads_outside() -> None:
    """Cut the tail, let other deeds take its place, sign them with the installation's own key."""
    entries = three_heads_over_nine()
    as_owner(
        ("delete from audit_auditentry where id > %s", entries[5]),
        ("delete from audit_leaf where position > 5",),
        ("delete from audit_head where size > 6",),
    )
    for _ in range(3):
        record(by=Somebody(), action="sample.other", subject="sample:1")
    grow_tree()
    assert "同样 9 条，签过两个不同的树根，历史被改写过" in faults()


def test_a_forged_head_and_an_unreadable_line_are_named() -> None:
    three_heads_over_nine()
    as_owner(("update audit_head set root = sha256('x') where size = 6",))
    [file] = heads.folder().glob("*.jsonl")
    with file.open("a") as out:
        out.write("{}\n")
    assert faults().splitlines() == [
        "库内树头 6：树头的签名不对，是改动或伪造的",
        f"{file.name} 第 4 行：读不出树头",
    ]


def test_an_auditor_brings_heads_and_key(tmp_path: Path) -> None:
    three_heads_over_nine()
    kept = tmp_path / "kept"
    kept.mkdir()
    [file] = heads.folder().glob("*.jsonl")
    file.rename(kept / file.name)
    as_owner(
        ("delete from audit_leaf where position > 5",), ("delete from audit_head where size > 6",)
    )
    key = str(tmp_path / "published-keys" / "audit-heads.pem")
    with pytest.raises(CommandError):
        call_command("audit", "verify", heads=kept, key=Path(key))
