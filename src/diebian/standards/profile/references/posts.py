"""Who does what in the journey: officials of the folder, in the post and office that it takes."""

from collections.abc import Iterator, Mapping
from typing import Any

from diebian.standards.profile.documents import Document, Steps
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed

People = dict[str, dict[str, Any]]
ASKERS = {"requested_by": "applicant", "office_head": "data_head"}  # each of the consumer


class Posts:
    """Of one document of the folder."""

    def __init__(self, told: Parsed, document: Document) -> None:
        self.document, self.people = document, officials_of(told)
        self.organisations = told.codes("organisations.csv")

    def mounted(self, one: Mapping[str, Any], *at: str | int) -> Iterator[Fault]:
        """By whom, for whom: a resource, the kinds of a node, what is offered of a base."""
        yield from self._organisation(one["organisation"], *at, "organisation")
        yield from self.holds(
            one["mounted_by"], "data_manager", one["organisation"], *at, "mounted_by"
        )

    def asked(self, one: Mapping[str, Any], provider: str, *at: str | int) -> Iterator[Fault]:
        """In whose names a share request is made and answered. `provider`: whose head answers; any
        where it is empty.
        """
        consumer = one.get("consumer", "")
        if consumer:
            yield from self._organisation(consumer, *at, "consumer")
        for key, post in ASKERS.items():
            yield from self.holds(one[key], post, consumer, *at, key)
        if "provider_head" in one:
            yield from self.holds(one["provider_head"], "data_head", provider, *at, "provider_head")

    def holds(self, username: str, post: str, office: str, *at: str | int) -> Iterator[Fault]:
        yield from in_post(self.document, self.people, username, post, office, at)

    def _organisation(self, code: str, *at: str | int) -> Iterator[Fault]:
        if self.organisations is not None and code not in self.organisations:
            yield self.document.fault(f"机构不存在：{code}", *at)


def officials_of(told: Parsed) -> People | None:
    """By username; None when people.yaml cannot be read."""
    document = told.document("people.yaml")
    if document is None:
        return None
    return {one["username"]: one for one in document.data["officials"]}


def in_post(
    document: Document, people: People | None, username: str, post: str, office: str, at: Steps
) -> Iterator[Fault]:
    """`office`: organisation code, or empty when any will do."""
    if people is None:
        return
    one = people.get(username)
    if one is None:
        yield document.fault(f"people.yaml 里没有这位工作人员：{username}", *at)
    elif post not in one["posts"]:
        yield document.fault(f"{username} 没有 {post} 这个岗位", *at)
    elif office and one["organisation"] != office:
        yield document.fault(f"{username} 属于 {one['organisation']}，这里要 {office} 的人", *at)
