"""What was staged becomes the register, in a few statements over all rows at once.

Each current licence of the table is afterwards as its row says, with a turn in the book for what
changed; or it is in doubt, where its row is gone or cannot be believed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from .models import Held, HeldFault, HeldTurn, LicenceType, Registration
from .numbering import before_serial, identifier_sql
from .states import ENDS, TURNS, Doubt, State

HELD, TURN, FAULT = (one._meta.db_table for one in (Held, HeldTurn, HeldFault))
MOST_FAULTS = 10_000  # kept for reading; all are counted
_PAIRS = ", ".join(f"('{was}', '{now}')" for was, all_ in TURNS.items() for now in sorted(all_))
_ENDS = ", ".join(f"'{one}'" for one in ENDS)
# The facts of a version; a licence whose issuer changes one of them is issued anew.
_FACTS = ("type_id", "number", "holder_number", "holder_name", "issued_on", "valid_until")
_SAME = (
    f"({', '.join(f'h.{one}' for one in _FACTS)}) is not distinct from "
    f"({', '.join(f's.{one}' for one in _FACTS)}) "
    "and h.fields = jsonb_strip_nulls(s.fields::jsonb) "
    "and (s.identifier = '' or s.identifier = h.identifier)"
)


@dataclass(frozen=True)
class Merged:
    rows: int
    fresh: int  # licences that were not known
    renewed: int  # new versions of known ones
    turned: int  # another state of the same version
    doubted: int  # in doubt by this reading
    faults: int

    @property
    def told(self) -> dict[str, int]:
        return dict(vars(self))


def merge(made: Registration, types: Iterable[LicenceType]) -> Merged:
    """Within the registration's transaction, after the rows were staged."""
    with connection.cursor() as cursor:
        rows = _count(cursor, "select count(*) from licences_staged")
        _types(cursor, types)
        _twice(cursor)
        told = {"table": made.table_id, "made": made.pk}
        _known(cursor, told)
        turned = _turn(cursor, told)
        doubted = _doubt(cursor, told)
        renewed, fresh = _renew(cursor, told), _fresh(cursor, told)
        faults = _faults(cursor, told)
    return Merged(rows, fresh, renewed, turned, doubted, faults)


def _types(cursor: CursorWrapper, types: Iterable[LicenceType]) -> None:
    cursor.execute(
        "create temporary table licences_types (id bigint, prefix text, place int) on commit drop"
    )
    rows = [(one.pk, *before_serial(one)) for one in types]
    cursor.executemany("insert into licences_types values (%s, %s, %s)", rows)


def _twice(cursor: CursorWrapper) -> None:
    """Of two rows that say the same of the same holder neither is believed."""
    cursor.execute(
        "update licences_staged s set fault = 'twice' from (select type_id, number, holder_number "
        "from licences_staged where fault is null group by 1, 2, 3 having count(*) > 1) d "
        "where s.fault is null and (s.type_id, s.number, s.holder_number) = "
        "(d.type_id, d.number, d.holder_number)"
    )
    cursor.execute(
        "update licences_staged s set fault = 'elsewhere' where fault is null and identifier <> '' "
        "and identifier in (select identifier from licences_staged where identifier <> '' "
        "group by 1 having count(*) > 1)"
    )


def _known(cursor: CursorWrapper, told: dict[str, int]) -> None:
    """What each row is to the licence that is known by its key; what a row may not do to it."""
    cursor.execute(
        "create temporary table licences_met on commit drop as "
        f"select s.row_key, h.id, h.state as was, h.doubt, {_SAME} as is_same, "
        "h.state = s.state as is_settled, s.fault is not null as is_faulty, "
        f"(h.state, s.state) in (values {_PAIRS}) as may_turn, "
        f"h.state in ({_ENDS}) and not (s.issued_on > h.issued_on) as is_back "
        f"from licences_staged s join {HELD} h on h.table_id = %(table)s and h.is_current "
        "and h.row_key = s.row_key",
        told,
    )
    cursor.execute("analyze licences_met")
    cursor.execute(
        "update licences_staged s set fault = 'turn' from licences_met m "
        "where m.row_key = s.row_key and s.fault is null "
        "and ((m.is_same and not m.is_settled and not m.may_turn) or (not m.is_same and m.is_back))"
    )
    cursor.execute(
        f"update licences_staged s set fault = 'elsewhere' from {HELD} h where s.fault is null "
        "and s.identifier <> '' and h.identifier = s.identifier "
        "and not (h.table_id = %(table)s and h.row_key = s.row_key)",
        told,
    )
    cursor.execute(
        "update licences_met m set is_faulty = true from licences_staged s "
        "where s.row_key = m.row_key and s.fault is not null"
    )


def _turn(cursor: CursorWrapper, told: dict[str, int]) -> int:
    """The same version in another state, or out of doubt."""
    cursor.execute(
        f"insert into {TURN} (held_id, registration_id, was, now) "
        "select id, %(made)s, doubt, '' from licences_met where not is_faulty and doubt <> ''",
        told,
    )
    cursor.execute(
        f"update {HELD} h set doubt = '' from licences_met m "
        "where m.id = h.id and not m.is_faulty and m.doubt <> ''"
    )
    cursor.execute(
        f"with turned as (update {HELD} h set state = s.state from licences_met m "
        "join licences_staged s using (row_key) where m.id = h.id and m.is_same "
        "and not m.is_faulty and not m.is_settled returning h.id, m.was, s.state as now) "
        f"insert into {TURN} (held_id, registration_id, was, now) "
        "select id, %(made)s, was, now from turned",
        told,
    )
    return int(cursor.rowcount)


def _doubt(cursor: CursorWrapper, told: dict[str, int]) -> int:
    """Whose row is gone, or is set aside: not used until its issuer has put it right."""
    cursor.execute(
        f"with doubted as (update {HELD} h set doubt = w.why from (select h.id, h.doubt as was, "
        f"case when s.row_key is null then '{Doubt.ABSENT}' when s.fault is not null "
        f"then '{Doubt.FAULT}' end as why from {HELD} h left join licences_staged s "
        "on s.row_key = h.row_key where h.table_id = %(table)s and h.is_current) w "
        "where w.id = h.id and w.why is not null and w.why <> w.was returning h.id, w.was, w.why) "
        f"insert into {TURN} (held_id, registration_id, was, now) "
        "select id, %(made)s, was, why from doubted",
        told,
    )
    return int(cursor.rowcount)


def _renew(cursor: CursorWrapper, told: dict[str, int]) -> int:
    """Another fact is another version: the one before is superseded, unless it had ended."""
    renewed = "m.id = h.id and not m.is_same and not m.is_faulty"
    cursor.execute(
        f"insert into {TURN} (held_id, registration_id, was, now) "
        f"select m.id, %(made)s, m.was, '{State.SUPERSEDED}' from licences_met m "
        f"where not is_same and not is_faulty and was not in ({_ENDS})",
        told,
    )
    cursor.execute(
        f"update {HELD} h set is_current = false, state = case when h.state in ({_ENDS}) "
        f"then h.state else '{State.SUPERSEDED}' end from licences_met m where {renewed}"
    )
    number = identifier_sql("t.prefix", "t.place", "h.serial", "(h.version + 1)")
    cursor.execute(
        _insert("h.serial", "h.version + 1", number)
        + f"from licences_met m join licences_staged s using (row_key) join {HELD} h "
        f"on {renewed} join licences_types t on t.id = s.type_id",
        told,
    )
    return int(cursor.rowcount)


def _fresh(cursor: CursorWrapper, told: dict[str, int]) -> int:
    number = identifier_sql("t.prefix", "t.place", "s.serial", "1")
    cursor.execute(
        _insert("s.serial", "1", number)
        + f"from (select nextval(pg_get_serial_sequence('{HELD}', 'id')) as serial, * "
        "from licences_staged s where fault is null and not exists "
        "(select 1 from licences_met m where m.row_key = s.row_key)) s "
        "join licences_types t on t.id = s.type_id",
        told,
    )
    return int(cursor.rowcount)


def _insert(serial: str, version: str, number: str) -> str:
    return (
        f"insert into {HELD} (table_id, registered_id, serial, version, is_current, identifier, "
        "type_id, row_key, number, holder_number, holder_name, issued_on, valid_until, state, "
        f"doubt, fields) select %(table)s, %(made)s, {serial}, {version}, true, "
        f"case when s.identifier = '' then {number} else s.identifier end, s.type_id, s.row_key, "
        "s.number, s.holder_number, s.holder_name, s.issued_on, s.valid_until, s.state, '', "
        "jsonb_strip_nulls(s.fields::jsonb) "
    )


def _faults(cursor: CursorWrapper, told: dict[str, int]) -> int:
    cursor.execute(f"delete from {FAULT} where table_id = %(table)s", told)
    cursor.execute(
        f"insert into {FAULT} (table_id, row_key, reason) select %(table)s, row_key, fault "
        f"from licences_staged where fault is not null order by row_key limit {MOST_FAULTS}",
        told,
    )
    return _count(cursor, "select count(*) from licences_staged where fault is not null")


def _count(cursor: CursorWrapper, asked: str) -> int:
    cursor.execute(asked)
    return int(cursor.fetchone()[0])
