"""What may be declared, by whom, and whose leave it needs. No lake is opened."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_change,
    entry_id,
    propose_change,
    publish_change,
)
from diebian.base.comparison.actions import start
from diebian.base.comparison.choices import columns_of, tables_for
from diebian.base.comparison.leave import is_agreed, is_over
from diebian.base.comparison.models import Comparison
from diebian.base.comparison.refusals import (
    NotAgreed,
    NothingCollected,
    NotMounted,
    PlanUnclear,
    SlugTaken,
    TermsUnclear,
)
from diebian.base.comparison.using import USER
from diebian.base.exchange.public import (
    ColumnsWithheld,
    agree,
    approve_request,
    provision,
    revoke,
    share,
    suspend,
)
from diebian.base.lake.public import lake_table
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post, Refused
from diebian.standards.sharing import SharingType
from tests.browsing import browser
from tests.laid import laid_once

from .people import (
    ASKER,
    BUREAU,
    FOREVER,
    LEFT,
    OTHER,
    PLAN,
    PROVIDER,
    RIGHT,
    SLUG,
    agreed,
    asker,
    declared,
    department,
    pushed_tables,
    who,
)

pytestmark = pytest.mark.django_db


laid = laid_once(pushed_tables)


def test_the_provider_is_asked_and_the_own_table_needs_nobodys_leave() -> None:
    made = declared()
    assert made.left_request is None
    request = made.right_request
    assert request is not None
    assert (request.mode, request.columns) == ("compare", ["card", "fullname", "since", "kind"])
    assert "只得到结果，不得到内容" in request.scene


def test_a_comparison_stands_among_those_who_use_the_columns_of_both_tables() -> None:
    declared()
    assert [one.columns for one in USER.uses(RIGHT)] == [{"card", "fullname", "since", "kind"}]
    assert "card" not in USER.uses(LEFT)[0].columns
    assert USER.uses("another") == []


def test_without_the_providers_leave_nothing_is_compared() -> None:
    made = declared()
    with pytest.raises(NotAgreed):
        start(slug=SLUG, by=asker())
    grant = agreed(made)
    with pytest.raises(NothingCollected):  # agreed, but no batch has come yet
        start(slug=SLUG, by=asker())
    head = who(Post.DATA_HEAD, PROVIDER)
    suspend(grant_id=grant, reason="样例", by=head)
    assert not is_agreed(made)
    revoke(grant_id=grant, reason="样例", by=head)
    with pytest.raises(NotAgreed):
        start(slug=SLUG, by=asker())


def test_who_may_declare_and_run() -> None:
    with pytest.raises(Refused):
        declared(by=asker(Post.DATA_MANAGER))
    agreed(declared())
    for other in (asker(Post.DATA_HEAD), who(Post.DATA_MANAGER, PROVIDER)):
        with pytest.raises(Refused):
            start(slug=SLUG, by=other)


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ({**PLAN, "left": {"id_number": "nobody"}}, "左表里没有列：nobody"),
        ({**PLAN, "wanted": []}, "请至少选一种要找的结果"),
        ({**PLAN, "rules": []}, "要找不一致的，就要写比哪一项"),
        ({"wanted": ["same"]}, "要写明左右两边的证件号码列"),
        ({**PLAN, "rules": [{**PLAN["rules"][2], "codes": {}}]}, "要写代码对照"),
        ({**PLAN, "rules": [{**PLAN["rules"][1], "days": -1}]}, "天数应在 0 到"),
        ({**PLAN, "rules": PLAN["rules"][:1] * 2}, "名称要不同"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_with_the_reason(
    plan: dict[str, object], says: str
) -> None:
    with pytest.raises(PlanUnclear) as refusal:
        declared(plan=plan)
    assert says in refusal.value.detail
    assert not Comparison.objects.exists()


def test_terms_are_needed_and_a_code_is_given_once() -> None:
    wrong: list[dict[str, object]] = [{"title": " "}, {"seen_by": []}, {"seen_by": ["mayor"]}]
    for changed in wrong:
        with pytest.raises(TermsUnclear):
            declared(**changed)
    declared()
    with pytest.raises(SlugTaken):
        declared(purpose="样例另一个用途")


def test_a_table_that_the_catalogue_does_not_tell_of_cannot_be_asked_for() -> None:
    turned = {"left": {"id_number": "card"}, "right": {"id_number": "sfz"}, "wanted": ["same"]}
    with pytest.raises(NotMounted):
        declared(left=RIGHT, right=LEFT, by=who(Post.APPLICANT, OTHER), plan=turned)


def test_a_withheld_column_is_no_choice_and_cannot_be_compared() -> None:
    """The provider itself may still choose it: it is its own."""
    facts = EntryFacts(
        title="样例参保",
        sharing=SharingType.CONDITIONAL,
        sharing_basis="样例法第一条",
        review_due=FOREVER,
        items=[ItemFacts("证件号码", column="card", sharing=SharingType.NEVER)],
    )
    entry = entry_id(provider=department(PROVIDER), title=facts.title)
    assert entry is not None
    propose_change(
        entry_id=entry, facts=facts, why="样例", secrecy_reviewed=True, privacy_assessed=True,
        by=who(of=PROVIDER),
    )  # fmt: skip
    approve_change(entry_id=entry, by=who(Post.DATA_HEAD, PROVIDER))
    publish_change(entry_id=entry, by=who(Post.AUTHORITY, BUREAU))
    table = lake_table(RIGHT)
    assert RIGHT in {one.slug for one in tables_for(asker())}
    assert "card" not in dict(columns_of(asker(), table))
    assert "card" in dict(columns_of(who(of=PROVIDER), table))
    with pytest.raises(ColumnsWithheld, match="证件号码"):
        declared()


def test_a_list_costs_the_same_for_one_comparison_and_for_many() -> None:
    counts = []
    for number in range(6):
        declared(slug=f"c{number}", purpose=f"样例用途 {number}")
        with CaptureQueriesContext(connection) as queries:
            page = browser(asker()).get("/comparisons/").content.decode()
        counts.append(len(queries))
    assert f"{PROVIDER}：待本单位审核" in page
    assert counts[1:] == counts[:1] * 5


def test_a_renewal_carries_the_leave_on() -> None:
    made = declared(valid_to=clock.today() + timedelta(days=30))
    agreed(made)
    assert made.right_request is not None
    request = made.right_request.pk
    browser(asker()).post(f"/exchange/requests/{request}/renew", {"number": "3"})
    later = made.right_request.renewals.get()
    assert share(request).request_id == request  # until the new one stands
    approve_request(request_id=later.pk, by=who(Post.DATA_HEAD, ASKER))
    agree(request_id=later.pk, by=who(Post.DATA_HEAD, PROVIDER))
    provision(request_id=later.pk, by=PLATFORM)
    with clock.held_at(clock.now() + timedelta(days=60)):
        assert is_agreed(made)
        assert share(request).request_id == later.pk
        assert not is_over(made)
    with clock.held_at(clock.now() + timedelta(days=100)):
        assert not is_agreed(made)
        assert is_over(made)
