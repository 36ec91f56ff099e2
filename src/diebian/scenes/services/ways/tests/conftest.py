import pytest

from diebian.scenes.services.tests.people import set_the_scene
from diebian.scenes.services.ways.tests.folder import deploy_the_folder
from tests.laid import laid_once


def _with_ways() -> None:
    set_the_scene()
    deploy_the_folder()


laid = laid_once(_with_ways)


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:
    """Each test in its own savepoint."""
