"""What is refused for every address alike, before a view is asked."""

import pytest
from django.test import Client

NUL = "王\0芳"


@pytest.mark.django_db
def test_what_holds_nul_is_refused_wherever_it_stands() -> None:
    asked = Client().get("/open-data/", {"q": NUL})
    sent = Client().post("/accounts/login/", {"username": NUL})
    machine = Client().get("/api/open-data/datasets", {"q": NUL})
    assert [one.status_code for one in (asked, sent, machine)] == [400] * 3
    assert "看不见的空字符" in asked.content.decode()
    assert machine["content-type"] == "application/problem+json"
