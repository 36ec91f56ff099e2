"""The two books of calls are compared (ADR 4): what Envoy's log lost, the broker's journal has.

For a living Envoy a missing line may still come, so only doubles are dropped. For one that has
died nothing comes any more: what the journal alone has becomes a call, once.
"""

import os

from django.db import connection, transaction

from diebian.base.exchange.broker.models import JournalLine
from diebian.base.exchange.gateway.instances import dead, forget, is_gone, log_of

from .models import LOG_LOST, MeterPosition

# Written after their log line was read: the caller had gone, or the gateway's patience had ended.
LATE = """
with known as (delete from exchange_journalline j using exchange_call c
  where j.instance = %s and c.request_id = j.request_id and c.instance = j.instance
  returning j.instance, j.request_id, j.code)
update exchange_call c set code = k.code from known k
where k.code <> '' and c.request_id = k.request_id and c.instance = k.instance
"""
# The place is unique because the journal's numbers are never used again.
LOST = """
with gone as (delete from exchange_journalline where instance = %s returning *)
insert into exchange_call
  (instance, inode, "offset", at, request_id, route, system, status, flags, milliseconds, code)
select instance, 0, id, at, request_id, route, system, status, %s, milliseconds, code from gone
"""


def settle_all() -> int:
    """Returns how many calls were found in the journal alone."""
    if not JournalLine.objects.exists():
        return 0
    named = JournalLine.objects.order_by().values_list("instance", flat=True).distinct()
    return sum(settle(instance) for instance in named)


@transaction.atomic
def settle(instance: str) -> int:
    # Asked before the log is compared: once gone, no line is added.
    gone = is_gone(instance)
    # The same rows that `take` locks: no second meter counts meanwhile.
    positions = list(MeterPosition.objects.select_for_update().filter(instance=instance))
    with connection.cursor() as cursor:
        cursor.execute(LATE, [instance])
        if not gone or not _is_read(instance, positions):
            return 0
        cursor.execute(LOST, [instance, LOG_LOST])
        return int(cursor.rowcount)


def clear_away() -> list[str]:
    """Logs of gateways that died, read to the end and settled; returns whose."""
    done = [instance for instance in dead() if _is_settled(instance)]
    for instance in done:
        forget(instance)
    return done


@transaction.atomic
def _is_settled(instance: str) -> bool:
    positions = list(MeterPosition.objects.select_for_update().filter(instance=instance))
    left = JournalLine.objects.filter(instance=instance)
    return not left.exists() and _is_read(instance, positions)


def _is_read(instance: str, positions: list[MeterPosition]) -> bool:
    """To the end. Half a line, cut off by the death of its writer, is unreadable and is counted."""
    file = log_of(instance)
    if not file.exists():
        return True
    with file.open("rb") as log:
        told = os.fstat(log.fileno())
        position = next((one for one in positions if one.inode == told.st_ino), None)
        if position is None:
            return False
        log.seek(position.offset)
        rest = log.read()
    if b"\n" in rest:
        return False
    if rest:
        position.offset, position.unreadable = told.st_size, position.unreadable + 1
        position.save(update_fields=["offset", "unreadable"])
    return True
