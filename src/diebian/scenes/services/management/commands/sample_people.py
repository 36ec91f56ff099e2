import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from diebian.standards.profile import load


class Command(BaseCommand):
    help = "列出样例人员"

    def handle(self, *_: Any, **__: Any) -> None:
        people = load(Path(os.environ["DIEBIAN_CITY"])).people
        self.stdout.write(f"样例人员（密码都是 {people['password']}）：")
        for one in [*people["persons"], *people["officials"]]:
            self.stdout.write(f"  {one['username']:12} {one['name']}  {one.get('says', '个人')}")
