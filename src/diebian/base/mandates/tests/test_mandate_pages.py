"""我的授权: two clicks from the question to the answer, and nobody else's page."""

import pytest
from django.urls import reverse

from diebian.base.mandates.models import Mandate, State
from tests.browsing import browser

from .people import NUMBERS, agreed, proposed, who

SENT = {"name": "样例daughter", "id_number": NUMBERS["daughter"], "days": "90", "tells": "notice"}


def test_the_mother_finds_a_matter_gives_it_and_takes_it_back() -> None:
    mother = browser(who("mother"))
    page = mother.post(reverse("mandates:give"), SENT | {"words": "待遇", "find": "1"})
    assert page.status_code == 200
    assert "样例待遇资格认证" in page.content.decode()
    assert 'value="样例daughter"' in page.content.decode()
    sent = mother.post(reverse("mandates:give"), SENT | {"matter": "M1", "next": "1"})
    mandate = Mandate.objects.get()
    address = reverse("mandates:mandate", args=[mandate.public_id])
    assert sent.headers["Location"] == address
    assert "我同意" in mother.get(address).content.decode()
    mother.post(reverse("mandates:act", args=[mandate.public_id, "agree"]))
    assert "样例daughter替我办" in mother.get(reverse("mandates:mine")).content.decode()
    mother.post(reverse("mandates:act", args=[mandate.public_id, "end"]))
    mandate.refresh_from_db()
    assert mandate.state == State.ENDED


def test_what_is_wrong_stands_at_its_field_with_the_input_kept() -> None:
    page = browser(who("mother")).post(reverse("mandates:give"), SENT | {"next": "1"})
    assert page.status_code == 422
    assert "请选要代办的事" in page.content.decode()
    assert NUMBERS["daughter"] in page.content.decode()


def test_the_daughter_asks_and_sees_that_it_waits() -> None:
    told = SENT | {"name": "样例mother", "id_number": NUMBERS["mother"], "matter": "M1"}
    answer = browser(who("daughter")).post(reverse("mandates:ask"), told, follow=True)
    assert "等样例mother本人登录后同意" in answer.content.decode()
    assert "等您答复" in browser(who("mother")).get(reverse("mandates:mine")).content.decode()


@pytest.mark.parametrize("is_agreed", [True, False])
def test_a_mandate_of_others_does_not_exist(is_agreed: bool) -> None:
    mandate = agreed() if is_agreed else proposed()
    address = reverse("mandates:mandate", args=[mandate.public_id])
    assert browser(who("neighbour")).get(address).status_code == 404
    assert browser(who("daughter")).get(address).status_code == 200
