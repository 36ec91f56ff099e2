"""Databases from before the migrations were drawn together (ADR 22): those that were not taken to
their end are refused. Django would leave the rest of such an app out without a word.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from diebian.kernel.errors import DiebianError

DRAWN_TOGETHER, LAST_COMMIT = "2026-11-27", "c8d29d9"


class InBetween(DiebianError):
    code, status, title = "runtime.in_between", 409, "数据库的结构停在旧版本中间，没有改动它"


def refuse_in_between(connection: BaseDatabaseWrapper) -> None:
    applied = set(MigrationRecorder(connection).applied_migrations())
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    for migration in loader.disk_migrations.values():
        missing = [one for one in migration.replaces if one not in applied]
        if missing and len(missing) < len(migration.replaces):
            app, name = missing[0]
            raise InBetween(
                f"它由 {DRAWN_TOGETHER} 之前的版本建立，还缺 {app}.{name}。"
                f"请先用提交 {LAST_COMMIT} 的版本启动一次，停下，再用这个版本启动"
            )
