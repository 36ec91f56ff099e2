"""Themes of a folder: compiled as they are taken in, with what changes told before it happens."""

from pathlib import Path

import pytest
from django.db.models import F

from diebian.base.directory.public import load_city
from diebian.scenes.services.themes.models import Theme, ThemeVersion
from diebian.security.identity.public import PLATFORM
from diebian.standards.profile import check, load
from sandbox.expand import CROSS, PERSONAL, expand_themes

from .packs import WHOLE, Pack

pytestmark = pytest.mark.django_db
PUBLISHED = {"cross": CROSS, "personal": PERSONAL}


def take_in(pack: Pack, *, dry_run: bool = False) -> list[str]:
    told = load_city(profile=load(pack.folder), by=PLATFORM, dry_run=dry_run)
    return [str(one) for one in told if "一件事" in str(one)]


def test_the_published_number_compiles_as_it_is_taken_in(tmp_path: Path) -> None:
    pack = Pack(tmp_path / "city", of=WHOLE)
    expand_themes(pack.folder)
    assert check(pack.folder) == []
    themes = [one for one in take_in(pack) if one.startswith("新增 一件事 ")]
    assert len(themes) == CROSS + PERSONAL
    counted = {kind: Theme.objects.filter(kind=kind, fault="").count() for kind in PUBLISHED}
    assert counted == PUBLISHED
    assert ThemeVersion.objects.count() == CROSS + PERSONAL
    assert take_in(pack) == []


def test_what_changes_is_told_before_it_happens_and_what_is_gone_stays_readable(
    tmp_path: Path,
) -> None:
    pack = Pack(tmp_path / "city", of=WHOLE)
    take_in(pack)
    for file, gone in (("one_thing_members.csv", ("OT001,6,", "OT002,4,", "OT090,")),
                       ("one_things.csv", ("OT090,",))):  # fmt: skip
        lines = pack.text(file).splitlines()
        kept = [line for line in lines if not line.startswith(gone)]
        pack.write(file, "\n".join(kept) + "\n")
    pack.edit("one_things.csv", "市卫健委,6,4,", "市卫健委,5,3,")
    pack.edit("one_things.csv", "OT002,退休一件事,cross,自然人,A10,市人社局,4,3,",
              "OT002,退休一件事,cross,自然人,A10,市人社局,3,3,")  # fmt: skip
    published = [{"code": "I0011", "after": []}]
    Theme.objects.filter(code="OT002").update(of_folder=F("places"), places=published)
    assert check(pack.folder) == []
    told = take_in(pack, dry_run=True)
    assert told[0] == "变更 一件事 OT001 新生儿出生一件事 成员和先后：6 项内容 → 5 项内容"
    assert told[1].startswith("变更 一件事 OT002 退休一件事 城市资料")
    assert told[2].startswith("停用 一件事 OT090")
    assert ThemeVersion.objects.count() == 90
    assert take_in(pack) == told
    assert take_in(pack) == []
    assert Theme.objects.get(code="OT002").places == published
    theme = Theme.objects.get(code="OT001")
    assert [one.number for one in theme.versions.order_by("number")] == [1, 2]
    assert Theme.objects.get(code="OT090").retired_on is not None
