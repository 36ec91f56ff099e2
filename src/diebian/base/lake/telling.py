"""Who is told when collecting needs a person: the data managers of the table's department, once for
as long as the trouble lasts, and not with each run.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.security.identity.public import PLATFORM, Post, officials_holding

from .models import Collection, Run, RunState, Trouble

TROUBLES = {RunState.HELD: Trouble.HELD, RunState.FAILED: Trouble.FAILED}
NEXT = {
    Trouble.HELD: "没有收任何行，湖里原有的都在。请看一看变了什么，决定采纳，或请源系统恢复",
    Trouble.FAILED: "湖里原有的都在，到时会再试。请看原因，需要时和源系统的人一起查",
    Trouble.BAD: "请看隔离的行和理由，在源系统改好，下次会重新收",
}
MOST_NAMED = 5


@transaction.atomic
def tell_troubles(runs: Sequence[Run]) -> None:
    """`runs` as they ended, the last of each collection. What a killed process did not tell is told
    after the next run: a collection keeps what was told of it last.
    """
    ended = {run.collection_id: run for run in runs if run.state != RunState.STOPPED}
    rows = Collection.objects.select_for_update(of=("self",)).filter(pk__in=ended)
    new: dict[tuple[str, Trouble], list[Collection]] = defaultdict(list)
    for one in rows.select_related("source__department").order_by("pk"):
        trouble = trouble_of(ended[one.pk], one)
        if trouble == (one.trouble or None):
            continue
        one.trouble = trouble or ""
        one.save(update_fields=["trouble"])
        if trouble:
            new[one.source.department.credit_code, trouble].append(one)
    for (department, trouble), collections in new.items():
        _tell(department, trouble, collections)


def trouble_of(run: Run, one: Collection) -> Trouble | None:
    """None where nobody has to do anything."""
    if run.state in TROUBLES:
        return TROUBLES[RunState(run.state)]
    is_bad = run.quarantined * 100 > run.read * one.bad_percent
    return Trouble.BAD if is_bad else None


def _tell(department: str, trouble: Trouble, collections: Sequence[Collection]) -> None:
    """One notice for all of a kind: who has a thousand tables does not want a thousand notices."""
    names = "”、“".join(one.title for one in collections[:MOST_NAMED])
    more = f"等 {len(collections)} 项" if len(collections) > MOST_NAMED else ""
    link = reverse("lake:collections")
    if len(collections) == 1:
        link = reverse("lake:collection", args=[collections[0].slug])
    notify_all(
        keys=officials_holding(Post.DATA_MANAGER, department=department),
        title=f"数据归集：{trouble.label}",
        body=f"“{names}”{more}{trouble.label}。{NEXT[trouble]}。",
        link=link,
        by=PLATFORM,
    )
