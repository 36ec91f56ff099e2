import pytest

from tests.laid import laid_once

from .people import set_the_scene

laid = laid_once(set_the_scene)


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:
    """Each test in its own savepoint."""
