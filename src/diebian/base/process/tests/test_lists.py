"""The work list: whose it is, page by page, whatever is done meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection

from diebian.base.process.running.models import Token
from diebian.base.process.work.desk import ask_countersign, claim
from diebian.base.process.work.lists import desk_tasks, own_tasks
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post

from .drawn import drawing, end, flows, start, user
from .people import THERE, THIN, do, opened, person, registered, reviewer, tasks

pytestmark = pytest.mark.django_db
MINE, OTHER = reviewer("甲"), reviewer("乙")


def seen(by: Actor) -> list[str]:
    return [one.business_key for one in desk_tasks(by=by).lines]


def test_a_desk_sees_what_is_free_and_what_is_its_own() -> None:
    first, second = opened(key="1"), opened(key="2")
    assert seen(MINE) == ["1", "2"]
    claim(case=first, task=tasks(first)["review"], by=OTHER)
    assert (seen(MINE), seen(OTHER)) == (["2"], ["1", "2"])
    assert [one.business_key for one in own_tasks(by=OTHER).lines] == ["1"]
    assert (seen(reviewer(of=THERE)), seen(reviewer(post=Post.WINDOW))) == ([], [])
    do(second, "review", "准予")
    assert seen(MINE) == []
    line = own_tasks(by=OTHER).lines[0]
    assert (line.name, line.outcomes, line.title, line.is_countersign) == (
        "review", ("准予", "不予"), "样例件", False
    )  # fmt: skip


def test_several_posts_are_one_list_in_the_order_of_time() -> None:
    told = drawing("w", start(), user("w", post="window_clerk"), end(),
                   flows(("start", "w"), ("w", "end")))  # fmt: skip
    now = clock.now()
    for number, file in enumerate((THIN, told, THIN, told)):
        with clock.held_at(now + timedelta(minutes=number)):
            opened(file, key=str(number))
    both = Actor(name="甲", department=MINE.department, key="x",
                 posts=(Post.REVIEWER, Post.WINDOW))  # fmt: skip
    assert seen(both) == ["0", "1", "2", "3"]


def test_pages_leave_nothing_out_and_tell_nothing_twice_when_tasks_are_done_between() -> None:
    now = clock.now()
    for number in range(7):
        with clock.held_at(now + timedelta(minutes=number // 2)):  # some at the same moment
            opened(key=str(number))
    first = desk_tasks(by=MINE, most=3)
    do(first.lines[0].case, "review", "准予")
    assert first.after
    second = desk_tasks(by=MINE, after=first.after, most=3)
    assert second.after
    third = desk_tasks(by=MINE, after=second.after, most=3)
    told = [one.business_key for page in (first, second, third) for one in page.lines]
    assert (told, third.after) == ([str(number) for number in range(7)], None)


def test_a_person_sees_what_is_for_her_to_do_and_a_desk_what_it_is_asked_to_sign() -> None:
    told = drawing("p", start(), user("a"), user("s", post="person"), end(),
                   flows(("start", "a"), ("a", "s"), ("s", "end")))  # fmt: skip
    case = opened(told)
    there = registered("丙", THERE)
    ask_countersign(case=case, task=tasks(case)["a"], department=there.department,
                    post="reviewer", reason="样例", by=MINE)  # fmt: skip
    assert [(one.name, one.is_countersign) for one in desk_tasks(by=there).lines] == [("a", True)]
    other = opened(told, key="2")
    do(other, "a")
    assert [one.business_key for one in own_tasks(by=person()).lines] == ["2"]


def test_a_page_of_very_many_reads_an_index() -> None:
    case = opened()
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into process_case (version_id, business_key, title, department, person,
              depth, state, outcome, sequence, opened_at)
            select version_id, 'x' || i, title, department, person, 0, state, outcome, sequence,
              opened_at from process_case, generate_series(1, 5000) i where id = %s""",
            [case],
        )
        cursor.execute(
            """insert into process_token (case_id, number, element, standing, item, round, since,
              outcome, department, post, holder)
            select c.id, t.number, t.element, t.standing, '', 1, t.since + c.id * interval '1 s',
              '', t.department, t.post, '' from process_case c, process_token t
            where c.business_key like 'x%%' and t.case_id = %s""",
            [case],
        )
        cursor.execute("analyze process_token, process_case")
        from diebian.base.process.work.lists import DESK, FIRST

        since, number, task = FIRST
        cursor.execute(f"explain {DESK}", {
            "department": MINE.department, "post": "reviewer", "holder": MINE.key, "since": since,
            "case": number, "task": task, "most": 51,
        })  # fmt: skip
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "process_token_desk" in plan
    assert "Sort" not in plan
    assert Token.objects.count() == 5001
