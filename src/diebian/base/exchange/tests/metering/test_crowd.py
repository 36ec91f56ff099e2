"""How a crowd's calls are cut into turns; what the book of calls says of each kind."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.base.catalogue.public import Kind as ResourceKind
from diebian.base.catalogue.public import mount_resource, mounted_contracts, resource_counts
from diebian.base.exchange.adapters.models import Level
from diebian.base.exchange.bench.crowd import A_TURN, Kind, _turns
from diebian.base.exchange.metering.figures import KindCalls, calls_by_kind, upstream_systems
from diebian.base.exchange.metering.models import DELIVERY, Call
from diebian.base.exchange.tests.people import CONTRACT, PROVIDER, an_entry, who
from diebian.base.exchange.upstreams.actions import register_upstream
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post


@given(st.lists(st.integers(1, 3 * A_TURN), max_size=8))
def test_every_call_is_in_one_turn_and_no_turn_is_too_long(asked: list[int]) -> None:
    left = Counter({Kind(f"k{at}", "s", "p", calls): calls for at, calls in enumerate(asked)})
    turns = list(_turns(left))
    assert all(0 < sum(calls for _, calls in turn) <= A_TURN for turn in turns)
    told: Counter[Kind] = Counter()
    for turn in turns:
        for kind, calls in turn:
            told[kind] += calls
    assert told == left
    assert all(sum(calls for _, calls in turn) == A_TURN for turn in turns[:-1])


@pytest.mark.django_db
def test_calls_of_what_is_passed_on_are_told_apart_from_the_citys_own() -> None:
    register_upstream(system="above", title="样例省平台", level=Level.PROVINCE, key_id="one",
                      secret="sample-sample", by=PLATFORM)  # fmt: skip
    entry, manager = an_entry(), who(Post.DATA_MANAGER, PROVIDER)
    for slug, system in (("own", "sample"), ("upper", "above")):
        mount_resource(
            entry_id=entry,
            slug=slug,
            title=slug,
            contract={**CONTRACT, "system": system},
            probe=lambda told: set(told["fields"]),
            by=manager,
        )
    told = [("own", 200, "e"), ("own", 200, "e"), ("own", 403, "e"), ("upper", 200, "e"),
            ("", 200, "e"), ("own", 200, DELIVERY)]  # fmt: skip
    Call.objects.bulk_create(
        Call(instance=instance, inode=1, offset=at, at=clock.now(), route=route, status=status)
        for at, (route, status, instance) in enumerate(told)
    )
    assert calls_by_kind() == [KindCalls("own", "", 2), KindCalls("upper", "province", 1)]
    assert resource_counts()[ResourceKind.INTERFACE] == 2
    assert resource_counts(but_of=list(upstream_systems()))[ResourceKind.INTERFACE] == 1
    assert list(mounted_contracts(ResourceKind.INTERFACE)) == ["own", "upper"]
