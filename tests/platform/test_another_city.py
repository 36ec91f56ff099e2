"""The same program, another city's folder: the same journey, with that city's people and words."""

from collections.abc import Iterator

import httpx
import pytest

from .installation import ROOT, Installation, running

ANOTHER = ROOT / "cities/yunxi"
PEOPLES_WORDS = ("云溪市", "12300")
OTHERS = ("铁岭", "公积金", "不动产")


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data = tmp_path_factory.mktemp("another-city")
    for folder in (data, *data.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o011)  # PostgreSQL runs as another account
    with running(data, DIEBIAN_CITY=str(ANOTHER)) as installation:
        yield installation


def test_the_journey_is_walked_in_another_city(there: Installation) -> None:
    told = there.demo(DIEBIAN_CITY=str(ANOTHER))
    assert [step["name"] for step in told["steps"] if not step["ok"]] == []


def test_the_pages_speak_of_that_city_alone(there: Installation) -> None:
    with httpx.Client(base_url=there.address, follow_redirects=True, timeout=20) as line:
        home = line.get("/").text
        found = line.get("/search/", params={"q": "买屋取储金"}).text
        guide = line.get("/items/YX-101/").text
    assert all(word in home for word in PEOPLES_WORDS)
    assert "/items/YX-101/" in found
    assert "样例" in guide
    assert not [word for word in OTHERS for page in (home, found, guide) if word in page]
