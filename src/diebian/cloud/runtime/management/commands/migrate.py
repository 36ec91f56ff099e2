"""Django's `migrate`, which first looks whether this database can be taken on from where it is."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from diebian.cloud.runtime.former import refuse_in_between
from diebian.kernel.errors import DiebianError


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_in_between(connections[options["database"]])
        except DiebianError as error:
            raise CommandError(error.sentence) from error
        super().handle(*args, **options)
