import pytest

from .people import set_the_scene


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:  # noqa: ARG001  asked for, so that there is one
    set_the_scene()
