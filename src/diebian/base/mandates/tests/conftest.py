import pytest

from diebian.base.mandates import matters
from diebian.base.mandates.matters import Shelf
from diebian.kernel.registry import Registry

from .people import BODY, MATTERS, set_the_scene


@pytest.fixture(autouse=True)
def _scene(db: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    """A shelf of our own: what the scenes put there is no business of these tests."""
    shelf = Shelf(
        slug="sample",
        find=lambda words: [one for one in MATTERS.values() if words in one.name],
        of=lambda codes: [MATTERS[code] for code in codes if code in MATTERS],
        fields=lambda: {BODY: "样例部门"},
    )
    shelves = Registry[Shelf]("shelf of matters")
    shelves.register(shelf)
    monkeypatch.setattr(matters, "shelves", shelves)
    set_the_scene()
