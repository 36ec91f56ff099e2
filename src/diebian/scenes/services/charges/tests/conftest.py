import pytest

from diebian.scenes.services.tests.people import set_the_scene
from tests.laid import laid_once

laid = laid_once(set_the_scene)


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:
    """Each test in its own savepoint."""
