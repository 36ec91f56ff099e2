"""One small city in a database, with somebody in every role and one thing of every kind."""

from datetime import timedelta
from pathlib import Path

from django.conf import LazySettings
from django.test import Client

from diebian.base.catalogue.public import EntryFacts, draft_entry
from diebian.base.licences.public import issue
from diebian.brain.indicators.public import Evidence, Indicator
from diebian.kernel import clock
from diebian.scenes.services.tests import people
from diebian.security.identity.public import PLATFORM, Actor, Post, register_official, session_for
from diebian.standards.sharing import SharingType

ROLES = [
    "anonymous",
    "owner",  # of the case
    "stranger",  # another person
    "outsider",  # reviewer of another department
    *(post.value for post in Post),  # an official of the department that decides the case
]
DRAFTS = {"services:form", "services:check", "services:discard"}
FIGURE = Indicator(
    slug="sample-figure",
    title="样例数字",
    unit="件",
    read=lambda: 1,
    evidence=lambda: Evidence(("编号",), [("1",)]),
    definition="样例口径",
    is_public=True,
)


class World:
    def __init__(self, settings: LazySettings, folder: Path) -> None:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        settings.DIEBIAN_DATA = folder
        people.set_the_scene()
        self.actors = {role: self._actor(role) for role in ROLES if role != "anonymous"}
        self.arguments = self._arguments()

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role in self.actors:
            session = client.session
            session.update(session_for(self.actors[role]))
            session.save()
        return client

    def arguments_of(self, name: str) -> dict[str, object]:
        """For one address: some are about a case that is not handed in yet."""
        if name in DRAFTS:
            return self.arguments | {"case_no": self.arguments["draft_no"]}
        return self.arguments

    def _actor(self, role: str) -> Actor:
        named = {"owner": "applicant", "stranger": "stranger", "outsider": "outsider"}
        if role in named:
            return people.who(named[role])
        username = f"official_{role}"
        register_official(
            username=username,
            password=people.WORD,
            name=username,
            department=people.OWNER,
            posts=[role],
            by=PLATFORM,
        )
        return people.who(username)

    def _arguments(self) -> dict[str, object]:
        """What stands in an address, by the name that the URL configuration gives it."""
        owner, reviewer = self.actors["owner"], self.actors["reviewer"]
        case, draft = people.under_review(), people.filled(people.a_draft())
        facts = EntryFacts(
            title="样例目录",
            sharing=SharingType.CONDITIONAL,
            review_due=clock.today() + timedelta(days=365),
        )
        entry = draft_entry(facts=facts, by=self.actors["data_manager"])
        licence = issue(
            title="样例决定",
            type_code=f"{people.OWNER}001",
            holder_key=owner.key,
            holder_name=owner.name,
            body={"样例": "样例"},
            case_no="another",
            by=reviewer,
        )
        return {
            "code": "S1",
            "case_no": case.case_no,
            "draft_no": draft.case_no,
            "entry_id": entry.public_id,
            "public_id": licence.public_id,
            "slug": FIGURE.slug,
            "verb": "approve",
            "request_id": 1,
            "grant_id": 1,
        }
