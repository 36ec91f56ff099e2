"""Whoever brings two sides together is found without asking for each official."""

import pytest
from pytest_django import DjangoAssertNumQueries

from diebian.base.disputes.levels import CITY, authorities
from diebian.security.identity.public import Post

from .people import who

pytestmark = pytest.mark.django_db


def test_the_authorities_of_an_area_are_found_in_three_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    keys = [who(Post.AUTHORITY, of).key for of in ("样例数据一局", "样例数据二局", "样例数据三局")]
    with django_assert_num_queries(3):
        assert set(authorities(CITY)) == set(keys)
