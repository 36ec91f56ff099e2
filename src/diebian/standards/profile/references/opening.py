"""Sample open data: opened by officials in their posts, of entries that the catalogue has."""

from collections.abc import Iterator

from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed

from .posts import in_post, officials_of

POSTS = {
    "proposed_by": "data_manager",
    "agreed_by": "data_head",
    "published_by": "data_authority",
}


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document("open_data.yaml")
    if document is None:
        return
    officials = officials_of(told)
    titles = {row["name"] for row in told.rows("catalogue.csv").rows}
    for place, one in enumerate(document.data["datasets"]):
        for word, post in POSTS.items():
            at = ("datasets", place, word)
            yield from in_post(document, officials, one[word], post, "", at)
        if one["entry"] not in titles:
            yield document.fault(
                f"catalogue.csv 里没有目录“{one['entry']}”", "datasets", place, "entry"
            )
