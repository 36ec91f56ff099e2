"""`diebian prepare`: what `up` does before it serves. Idempotent."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from diebian.kernel.errors import DiebianError
from diebian.scenes.services.preparation import prepare
from diebian.standards.profile import load


class Command(BaseCommand):
    help = "载入城市资料，备好样例"

    def handle(self, *_: Any, **__: Any) -> None:
        profile = load(Path(os.environ["DIEBIAN_CITY"]))
        if profile.faults:
            raise CommandError("\n".join(str(fault) for fault in profile.faults))
        try:
            for step in prepare(profile):
                self.stdout.write(step)
        except DiebianError as error:
            raise CommandError(error.sentence) from error
