"""A city's halls as rows: told what changes, loaded twice without a trace, retired, not deleted."""

from diebian.scenes.halls.places.loading import load_halls
from diebian.scenes.halls.places.models import Hall, Window, WindowKind
from diebian.security.identity.public import PLATFORM

from .people import COUNTY_HALL, HALL, KINDS, folder


def test_the_same_folder_again_changes_nothing() -> None:
    key = Hall.objects.get(code="H1").kiosk_key
    assert load_halls(folder(), PLATFORM, False) == []
    assert Hall.objects.get(code="H1").kiosk_key == key


def test_what_changes_is_told_before_it_happens() -> None:
    moved = HALL | {"address": "样例路 9 号", "windows": [{"number": 1, "kinds": ["general"]}]}
    changed = folder(halls=[moved], kinds=KINDS[:2])
    told = [str(one) for one in load_halls(changed, PLATFORM, True)]
    assert "变更 大厅 样例大厅 地址：样例路 1 号 → 样例路 9 号" in told
    assert "停用 大厅 样例县大厅" in told
    assert "停用 窗口种类 人才专窗" in told
    assert Window.objects.filter(retired_on=None).count() == 6
    load_halls(changed, PLATFORM, False)
    assert Window.objects.filter(hall__code="H1", retired_on=None).count() == 1
    assert Hall.objects.filter(retired_on=None).count() == 1
    back = [str(one) for one in load_halls(folder(halls=[HALL, COUNTY_HALL]), PLATFORM, False)]
    assert "恢复 大厅 样例县大厅" in back
    assert WindowKind.objects.filter(retired_on=None).count() == 3
