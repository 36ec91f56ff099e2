import pytest

from diebian.scenes.services.tests.people import (
    OWNER,
    WORD,
    a_county,
    set_the_scene,
    the_item_says,
)
from diebian.security.identity.public import PLATFORM, register_official

HERE, THERE = "880101", "880121"
BODIES = {HERE: "11990100Y00000016T", THERE: "11990100Y00000024M"}


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:  # noqa: ARG001  asked for, so that there is one
    """Two counties: in each a body that decides, with a reviewer and a window."""
    set_the_scene()
    for county, body in BODIES.items():
        a_county(county, body)
        for name, post in (("reviewer", "reviewer"), ("window", "window_clerk")):
            register_official(username=f"{name}{county}", password=WORD, name=name, posts=[post],
                              department=body, by=PLATFORM)  # fmt: skip
    register_official(username="city-window", password=WORD, name="city-window", department=OWNER,
                      posts=["window_clerk"], by=PLATFORM)  # fmt: skip
    the_item_says(levels=("市级", "县级"), city_wide=True)
