"""One small city in a database, with somebody in every role and one thing of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    Kind,
    approve_entry,
    draft_entry,
    mount_resource,
    publish_entry,
    submit_entry,
)
from diebian.base.catalogue.sheets.writing import workbook_of
from diebian.base.catalogue.uploading import receive_sheet
from diebian.base.comparison.models import Comparison, Run, RunState
from diebian.base.comparison.public import declare
from diebian.base.corrections.public import open_correction, reject
from diebian.base.delivery.models import Delivery, Target
from diebian.base.disputes.public import open_dispute
from diebian.base.elements.public import ElementFacts, propose_element
from diebian.base.exchange.adapters.models import Level
from diebian.base.exchange.alarms.models import LookAlarm
from diebian.base.exchange.public import (
    Call,
    Mode,
    agree,
    approve_request,
    open_season,
    provision,
    register_upstream,
    request_share,
)
from diebian.base.lake.public import (
    SourceKind,
    define_collection,
    hold_collection,
    lake_table,
    open_runs,
    register_source,
)
from diebian.base.licences.copying import copy_for_oneself
from diebian.base.licences.public import issue
from diebian.base.mandates.models import Signed, Use
from diebian.base.mandates.public import Scope, give
from diebian.base.masterdata.deciding import decide as decide_pair
from diebian.base.masterdata.models import Build, GoldenRecord, UncertainPair
from diebian.base.masterdata.models import BuildState as BaseBuildState
from diebian.base.masterdata.public import declare as declare_base
from diebian.base.opening.models import Dataset
from diebian.base.opening.public import ask
from diebian.base.opening.tables import entry_behind
from diebian.base.papers import public as papers
from diebian.base.payments.public import take_at_window
from diebian.base.process.public import ask_countersign, case_named, desk_tasks
from diebian.base.process.running.models import Incident
from diebian.base.quality.passes import Found
from diebian.base.quality.public import declare_rule
from diebian.base.quality.settling import Outcome, settle
from diebian.kernel import clock
from diebian.scenes.halls.models import (
    Booking,
    Hall,
    HomeVisit,
    Slot,
    Ticket,
    Window,
    WindowKind,
)
from diebian.scenes.services.actions import approve, open_case
from diebian.scenes.services.applications import actions as applications
from diebian.scenes.services.items.actions import write_version
from diebian.scenes.services.items.facts import ACCEPTANCE, Charge, Charging, Demand
from diebian.scenes.services.items.facts import ItemFacts as ServiceFacts
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.models import (
    Case,
    CaseSystem,
    Guest,
    HandedIn,
    ItemVersion,
    Material,
    PaperSheet,
    RatingOrder,
    Reception,
)
from diebian.scenes.services.rating_models import Service
from diebian.scenes.services.ratings.actions import invite, rate
from diebian.scenes.services.tests import people
from diebian.scenes.services.themes.actions import compile_themes
from diebian.scenes.services.themes.models import Theme
from diebian.scenes.services.themes.writing import write_draft
from diebian.scenes.supervision import actions as tasks
from diebian.scenes.supervision.evidence import keep_files
from diebian.scenes.supervision.models import Criterion, Sheet, Site
from diebian.scenes.supervision.sheets import open_sheets
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    confirm_company,
    department_keys,
    register_official,
    register_person,
    register_system,
)
from diebian.standards.metadata import ItemType, Privacy
from diebian.standards.sharing import OpenType, SharingType
from tests.browsing import browser
from tests.held_licence import a_held_licence

ROLES = [
    "anonymous",
    "owner",  # of the case
    "stranger",  # another person
    "outsider",  # reviewer of another department
    *(post.value for post in Post),  # an official of the department that decides the case
]
A_YEAR = timedelta(days=365)
OF_A_THEME = dict.fromkeys(
    ("services:theme-choose", "services:theme-form", "services:theme-check",
     "services:theme-papers", "services:theme-discard"), "begun",
) | dict.fromkeys(
    ("services:theme-track", "services:theme-receipt", "services:theme-withdraw",
     "services:theme-supplement", "services:theme-rate"), "handed_in",
)  # fmt: skip
DRAFTS = {  # which draft an address is about
    **dict.fromkeys(
        [
            "services:check",
            "services:discard",
            "services:form",
            "services:questions",
            "services:renew",
        ],
        "draft_no",
    ),
    "services:papers": "asking_no",
}
VERBS = {
    "catalogue:api-act": "submission",
    "catalogue:many": "review",
    "corrections:act": "confirm",
    "disputes:act": "say",
    "elements:act": "register",
    "exchange:api-grant-act": "revoke",
    "exchange:api-request-act": "agree",
    "exchange:grant-act": "revoke",
    "exchange:request-act": "agree",
    "mandates:act": "agree",
    "mandates:desk-act": "agree",
    "papers:act": "agree",
    "quality:act": "mend",
    "halls:act": "next",
    "halls:visit-act": "done",
    "services:counter-act": "paper",
    "services:guest": "off",
    "services:item-act": "submit",
    "services:limits-act": "special",
    "services:theme-act": "submit",
    "services:rating-act": "call",
    "supervision:act": "accept",
    "services:task-act": "claim",
    "open-data:request-act": "join",
    "opening:act": "agree",
}
OWN: dict[str, dict[str, object]] = {
    "services:city-wide-item": {"code": "S2"},
    "services:system-changes": {"name": "样例系统"},
    "services:items-file": {"kind": "xlsx"},
    "services:ledger-cases": {"code": "S2"},
    "services:licence": {"material": "SM1"},
    "services:ledger-paper": {"code": "SM1"},
    "services:version": {"number": 1},
    "process:file": {"number": 1, "key": "standard-item"},
    "process:process": {"key": "standard-item"},
}
ORDER = {"public_id": "rating_order_id"}
NAMED_ALIKE: dict[str, dict[str, str]] = {  # what another address calls by the same word
    "licences:copy": {"public_id": "copy_id"},
    "licences:table": {"slug": "licence_table"},
    "licences:table-alter": {"slug": "licence_table"},
    "mandates:signed": {"paper_id": "signed_id"},
    "supervision:file": {"public_id": "task_id", "paper_id": "evidence_id"},
    "services:fee": {"case_no": "charged_no"},
    "services:fee-receipt": {"case_no": "charged_no"},
    "services:rate-slip": {"code": "rating_code"},
    "services:word": {"case_no": "asked_no"},
    "services:rating-act": ORDER,
    "services:rating-contact": ORDER,
    "services:rating-order": ORDER,
    "supervision:act": {"public_id": "task_id"},
    "supervision:sheet": {"public_id": "assessment_id"},
    "supervision:task": {"public_id": "task_id"},
}
FIGURE = "cases-today"  # a figure that anybody may see
RESOURCE = "sample-house"
COLLECTION = "sample-pushed"
COMPARISON = "sample-compared"
BASE = "sample-base"
NODE = "above"
CONTRACT: dict[str, object] = {
    "system": "sample",
    "path": "/ask",
    "format": "json",
    "headers": {},
    "request": {"id_number": "zjhm"},
    "person": "id_number",
    "fixed": {},
    "success": {"field": "code", "value": "0"},
    "rows": "data.list",
    "fields": {"owner": "qlr"},
    "probe": {"id_number": "219902198803120029"},
}


class World:
    def __init__(self) -> None:
        people.set_the_scene()
        self.actors = {role: self._actor(role) for role in ROLES if role != "anonymous"}
        self._clients = {role: self._signed_in(role) for role in ROLES}
        self.arguments = self._arguments()
        self.arguments |= self._opening()
        self.arguments |= self._halls()
        self.arguments |= self._window()
        self.arguments |= self._licences()
        self._above()
        self.arguments |= self._theme()

    def client(self, role: str) -> Client:
        """Each signed in once: what an answer put into its cookies is gone at the next look."""
        client, cookies = self._clients[role]
        client.cookies = SimpleCookie(cookies)
        return client

    def _theme(self) -> dict[str, object]:
        """Under the code of its only item; its department wants one more. The owner has handed one
        application in, and begun another."""
        Theme.objects.create(
            code="S1",
            name="样例一件事",
            kind="personal",
            objects_of="自然人",
            department_id=department_keys()[people.OWNER],
            places=[{"code": "S1", "after": []}],
        )
        compile_themes(by=PLATFORM)
        places: list[dict[str, object]] = [{"code": code, "after": []} for code in ("S1", "S2")]
        manager = self.actors["data_manager"]
        write_draft(code="S1", places=places, wordings={}, why="样例", by=manager)
        owner = self.actors["owner"]
        handed_in = self._begun()
        applications.fill(number=handed_in, sent=people.OF_THE_THEME, by=owner)
        applications.submit(number=handed_in, by=owner)
        draft = self._begun()
        applications.fill(number=draft, sent=people.OF_THE_THEME, by=owner)
        return {"handed_in": handed_in, "begun": draft}

    def _begun(self) -> str:
        owner = self.actors["owner"]
        return applications.begin(theme_code="S1", members=["S1"], sent={}, by=owner).number

    def _window(self) -> dict[str, object]:
        """The owner sits at the clerk's window; papers are on their way to who decides."""
        clerk, now = self.actors["window_clerk"], clock.now()
        told = {"person_key": self.actors["owner"].key, "is_by_card": True}
        Guest.objects.create(clerk_key=clerk.key, seated_at=now, **told)
        sheet = PaperSheet.objects.create(
            department_id=department_keys()[people.OWNER],
            handed_by=clerk.key,
            handed_by_name=clerk.name,
            handed_from="样例",
            handed_at=now,
        )
        return {"sheet_id": sheet.public_id}

    def _licences(self) -> dict[str, object]:
        """A table of the deciding department, and the owner's licence in it, copied once."""
        table, held = a_held_licence(
            issuer=people.OWNER, holder_number=people.NUMBERS["applicant"], collection=COLLECTION
        )
        made = copy_for_oneself(
            held_id=held.pk, for_whom="样例银行", purpose="样例", by=self.actors["owner"]
        )
        return {"held_id": held.pk, "copy_id": made.public_id, "licence_table": table.slug}

    def _halls(self) -> dict[str, object]:
        """A hall under the code of the only item; the owner has an appointment and a number."""
        owner, today, now = self.actors["owner"], clock.today(), clock.now()
        kind = WindowKind.objects.create(code="general", name="样例业务", letter="A")
        hall = Hall.objects.create(
            code="S1", name="样例大厅", kind="hall", address="样例", phone="12345",
            department_id=department_keys()[people.OWNER], hours=["08:30-16:30"],
            rules={"slot_minutes": 30, "places": 2, "days_ahead": 5, "grace_minutes": 15,
                   "head_start_minutes": 30, "visits_a_day": 3},
            kiosk_key="sample-key",
        )  # fmt: skip
        Window.objects.create(hall=hall, number=1, kinds=["general"])
        slot = Slot.objects.create(
            hall=hall,
            kind=kind,
            day=today + A_YEAR,
            starts=now.time(),
            minutes=30,
            places=2,
            taken=1,
        )
        told = {"person_key": owner.key, "person_name": owner.name, "made_by": owner.key}
        booking = Booking.objects.create(
            slot=slot, day=slot.day, code="123456", subject="sample", made_at=now, **told
        )
        number = Ticket.objects.create(
            hall=hall, day=today, letter="A", number=1, kind=kind, origin="online",
            person_key=owner.key, taken_at=now, ranked_at=now,
        )  # fmt: skip
        visit = HomeVisit.objects.create(
            hall=hall, day=slot.day, half="am", name="样例", phone="1", area="样例", address="样例",
            about="样例", asked_by=owner.key, asked_at=now,
            helper_key=self.actors["window_clerk"].key,
        )  # fmt: skip
        return {
            "booking_id": booking.public_id, "number_id": number.public_id,
            "visit_id": visit.public_id, "key": hall.kiosk_key,
        }  # fmt: skip

    def _signed_in(self, role: str) -> tuple[Client, dict[str, str]]:
        client = browser(self.actors.get(role), is_strict=False)
        if role in self.actors:
            client.get(reverse("accounts:account"))  # notes when they were seen, or each look would
        return client, {name: told.value for name, told in client.cookies.items()}

    def arguments_of(self, name: str) -> dict[str, object]:
        """For one address: some are about a case that is not handed in yet."""
        told = self.arguments | {"verb": VERBS.get(name, "approve")} | OWN.get(name, {})
        told |= self._of_halls(name)
        told["number"] = told[OF_A_THEME.get(name, "number")]
        if name in DRAFTS:
            told["case_no"] = told[DRAFTS[name]]
        told |= {word: told[one] for word, one in NAMED_ALIKE.get(name, {}).items()}
        if name.startswith("opening:"):
            told |= {"slug": COLLECTION, "dataset_id": told["proposed_id"]}
        if name.startswith(("corrections:", "exchange:")):
            told["slug"] = NODE if name == "exchange:upstream-address" else RESOURCE
        if name.startswith(("lake:", "quality:")):
            told["slug"] = COLLECTION
        if ":delivery" in name or name in {"delivery:send", "delivery:api-delivery"}:
            told["public_id"] = told["delivery_id"]
        if name in {"delivery:arrange", "delivery:download", "delivery:api-download"}:
            told["grant_id"] = told["received_id"]
        if name.startswith("disputes:"):
            told["kind"] = "correction"
        if name.startswith("comparison:"):
            told |= {"slug": COMPARISON, "run_id": told["compared"], "outcome": "differs"}
            told["kind"] = "csv"
        if name.startswith("masterdata:"):
            told |= {"slug": BASE, "number": 1, "column": "id_number"}
        return told

    def _of_halls(self, name: str) -> dict[str, object]:
        """A booking, a number and a sheet have addresses of one shape."""
        if name == "services:sheet":
            return {"public_id": self.arguments["sheet_id"]}
        if not name.startswith("halls:"):
            return {}
        if name.startswith("halls:visit"):
            return {"public_id": self.arguments["visit_id"]}
        is_number = name in {"halls:ticket", "halls:slip", "halls:give-up"}
        return {"public_id": self.arguments["number_id" if is_number else "booking_id"]}

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
        charged = self._charged()
        rated = self._rated()
        case, asked = people.under_review(), self._asked_about()
        draft = people.filled(people.a_draft())
        self._received(case)
        system = self._system()
        entry = draft_entry(facts=_facts("样例草稿"), by=self.actors["data_manager"])
        sheet = receive_sheet(  # has a fault: a number that is nobody's
            content=workbook_of([(_facts("样例草稿"), "0"), _facts("样例新目录")]),
            name="样例.xlsx",
            by=self.actors["data_manager"],
        )
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
            "code": self._written(),
            "asking_no": open_case(item_code="S2", by=owner).case_no,
            "paper_id": self._handed(case),
            "case_no": case.case_no,
            "system_id": system,
            "draft_no": draft.case_no,
            "charged_no": charged,
            **asked,
            "incident_id": self._stuck(case),
            "entry_id": entry.public_id,
            "public_id": licence.public_id,
            "upload_id": sheet.public_id,
            "slug": FIGURE,
            "kind": "case",
            "action": "package_list",
            "number": case.case_no,
            "department": people.OWNER,
            **rated,
            **self._supervised(),
            **self._sharing(),
            "correction_id": self._doubted(case),
            **self._disputed(case),
            **self._collecting(),
            **self._receiving(),
            **self._ruled(),
            **self._defined(),
            **self._based(),
            "season_id": self._crowded(),
            **self._let_act(),
            **self._called(),
        }

    def _charged(self) -> str:
        """A case whose fee was paid in cash at a window."""
        fee = Charge("样例登记费", 8000, "样例依据")
        facts = ServiceFacts("样例收费", "行政确认", people.OWNER, promised_days=10,
                             charging=Charging(ACCEPTANCE, 5, (fee,)))  # fmt: skip
        take_in([Wanted("S4", facts, people.JOURNEY)], department_keys())
        begun = open_case(item_code="S4", by=self.actors["owner"])
        number = people.submitted(people.answered(people.filled(begun))).case_no
        take_at_window(matter=f"case:{number}", way="cash", slip="1", by=people.who("clerk"))
        return number

    def _stuck(self, case: Case) -> int:
        """A system did what nobody wants any more: a person has to look there."""
        number = case_named(f"case:{case.case_no}").number
        return Incident.objects.create(case_id=number, sentence="样例", at=clock.now()).pk

    def _asked_about(self) -> dict[str, object]:
        """A case of which another department is asked for its word."""
        case = people.under_review()
        line = desk_tasks(by=self.actors["reviewer"]).lines[-1]
        task = ask_countersign(
            case=line.case,
            task=line.task,
            department=people.OTHER,
            post="reviewer",
            reason="样例",
            by=self.actors["reviewer"],
        )
        return {"asked_no": case.case_no, "task": task}

    def _system(self) -> int:
        """The deciding department handles some items in a system of its own."""
        return CaseSystem.objects.create(
            name="样例系统", department_id=department_keys()[people.OWNER], caller="sample",
            purpose="样例", push=RESOURCE, changes=RESOURCE, states={"ok": "granted"},
        ).pk  # fmt: skip

    def _received(self, case: Case) -> None:
        """As if the deciding department's own window had taken it in."""
        Reception.objects.create(case=case, department_id=case.department_id, clerk="clerk",
                                 clerk_name="clerk", at=clock.now())  # fmt: skip

    def _written(self) -> str:
        """The deciding department has drafted what its item shall say, and asks one more paper."""
        told = {"name": "样例材料", "kind": "DOC", "identity": "DOC:样例材料"}
        Material.objects.create(code="SM1", **told)
        facts = ItemVersion.objects.get(item__code="S1").facts
        paper = replace(facts, materials=(Demand("SM1"),))
        write_version(item_code="S1", facts=paper, why="样例", by=self.actors["data_manager"])
        bare = ServiceFacts("样例登记", "行政确认", people.OWNER, materials=(Demand("SM1"),),
                            city_wide=True)  # fmt: skip
        take_in([Wanted("S2", bare, None)], department_keys())
        return "S1"

    def _rated(self) -> dict[str, object]:
        """Two cases are decided: one was rated badly, of the other its applicant has the code."""
        made = []
        for _ in range(2):
            made.append(people.under_review().case_no)
            approve(case_no=made[-1], by=people.who("reviewer"))
        bad = rate(case_no=made[0], grade=1, words="样例", by=self.actors["owner"])
        code = invite(case_no=made[1], service=Service.CASE, by=PLATFORM).code
        order = RatingOrder.objects.get(rating=bad)
        return {"rating": bad.pk, "rating_order_id": order.public_id, "rating_code": code}

    def _supervised(self) -> dict[str, object]:
        """The deciding department has to accept an order, and to score its centre."""
        told = {"title": "样例", "wanted": "样例", "origin": "plan", "origin_says": ""}
        task = tasks.raise_task(**told, by=self.actors["mayor"])
        supervisor = self.actors["data_authority"]
        tasks.register(public_id=task.public_id, by=supervisor)
        due = clock.today() + A_YEAR
        tasks.assign(public_id=task.public_id, lead=people.OWNER, due=due, by=supervisor)
        key = department_keys()[people.OWNER]
        Site.objects.create(code="S1", name="样例", kind="centre", department_id=key)
        Criterion.objects.create(code="K1", title="样例", how="样例", points=10)
        open_sheets(by=PLATFORM)
        event = task.events.get(what="assigned")
        keep_files(event, [_picture()], supervisor)
        return {
            "task_id": task.public_id,
            "assessment_id": Sheet.objects.get().public_id,
            "evidence_id": event.files.get().paper.public_id,
        }

    def _handed(self, case: Case) -> UUID:
        """The case has a file of its owner."""
        slot = papers.Slot("SM1", "样例材料", case.applicant_key, case.case_no, case.item.name)
        name, content = _picture()
        paper = papers.give(slot=slot, name=name, content=content, by=self.actors["owner"])
        HandedIn.objects.create(
            case=case, material="SM1", paper=paper, at=clock.now(), by_name=case.applicant_name
        )
        return paper.public_id

    def _above(self) -> None:
        """A node above the city, with no interface mounted yet."""
        register_upstream(system=NODE, title="样例上级平台", level=Level.PROVINCE, key_id="sample",
                          secret="sample-word", by=PLATFORM)  # fmt: skip

    def _called(self) -> dict[str, object]:
        """The other department's system asked the deciding one, and found nobody too often."""
        told = {"resource": RESOURCE, "system": "other-core", "says": "样例"}
        times = {"raised_at": clock.now(), "last_at": clock.now()}
        alarm = LookAlarm.objects.create(**told, **times, nobody=30, persons=30)
        call = Call.objects.create(
            instance="envoy-1", inode=1, offset=1, at=clock.now(), request_id="sample-call",
            route=RESOURCE, system="other-core", status=200,
        )  # fmt: skip
        return {"alarm_id": alarm.pk, "call_id": call.request_id}

    def _crowded(self) -> int:
        """The deciding department's interface is asked by very many."""
        return open_season(
            resource=RESOURCE,
            title="样例高峰期",
            starts_at=clock.now(),
            ends_at=clock.now() + A_YEAR / 12,
            each_second=10,
            waiting_most=10,
            kept_minutes=0,
            by=self.actors["data_authority"],
        ).pk

    def _let_act(self) -> dict[str, object]:
        """The owner wants a neighbour, who is none of the roles, to do something for her."""
        name, number = "样例邻居", "219902199008170013"
        register_person(
            username="neighbour", password=people.WORD, name=name, id_number=number, by=PLATFORM
        )
        scope, owner = Scope(matters=["S1"]), self.actors["owner"]
        made = give(holder_id_number=number, holder_name=name, scope=scope, by=owner)
        use = Use.objects.create(mandate=made, at=clock.now(), act="样例", about="样例")
        firm = confirm_company(
            credit_code="91330100799655058B", name="样例公司", head_key=owner.key, by=PLATFORM
        )
        slot = papers.Slot("signed", "样例授权书", owner.key, str(made.public_id), "样例")
        paper = papers.give(slot=slot, name=_picture()[0], content=_picture()[1], by=owner)
        Signed.objects.create(mandate=made, paper=paper, by_name="样例", at=clock.now())
        return {
            "mandate_id": made.public_id,
            "use_id": use.pk,
            "company_key": firm.key,
            "signed_id": paper.public_id,
        }

    def _disputed(self, case: Case) -> dict[str, object]:
        """The owner does not accept that a value is right; of another one it is still open."""
        made = [self._doubted(case, item) for item in ("样例甲", "样例乙")]
        for one in made:
            reject(correction_id=one, evidence="样例", by=self.actors["data_manager"])
        told = {"kind": "correction", "about": str(made[0]), "grounds": "样例"}
        dispute = open_dispute(**told, by=self.actors["owner"])
        return {"dispute_id": dispute.public_id, "about": str(made[1])}

    def _doubted(self, case: Case, item: str = "样例") -> UUID:
        """The owner says of a value that the deciding department shares that it is wrong."""
        return open_correction(
            resource=RESOURCE,
            item=item,
            seen="样例",
            says="样例",
            case_no=case.case_no,
            person_key=case.applicant_key,
            by=self.actors["owner"],
        ).public_id

    def _collecting(self) -> dict[str, object]:
        """The deciding department pushes; one batch is under way, one change waits for a word."""
        manager = self.actors["data_manager"]
        register_source(
            slug=COLLECTION,
            title="样例系统",
            department=people.OWNER,
            kind=SourceKind.PUSH,
            address={},
            by=manager,
        )
        made = define_collection(
            slug=COLLECTION,
            title="样例推送",
            source=COLLECTION,
            table="",
            key=["id"],
            types={"id": "VARCHAR"},
            entry=self.entry,
            by=manager,
        )
        runs = open_runs(collections=[made], writer="nobody", by=manager)
        hold = hold_collection(collection=made, found={"new": {"phone": "VARCHAR"}})
        told = {"run_id": runs[0].pk, "hold_id": hold.pk, "decision": "leave_out"}
        return {**told, "compared": self._compared()}

    def _compared(self) -> int:
        """The deciding department compares its table with itself; one run has ended."""
        declare(
            slug=COMPARISON,
            title="样例比对",
            left=COLLECTION,
            right=COLLECTION,
            plan={
                "left": {"id_number": "id"},
                "right": {"id_number": "id"},
                "rules": [{"name": "样例", "left": "id", "right": "id"}],
                "wanted": ["differs"],
            },
            purpose="样例",
            legal_basis="样例条例",
            valid_to=clock.today() + A_YEAR,
            seen_by=[Post.DATA_MANAGER],
            by=self.actors["applicant"],
        )
        one = Comparison.objects.get()
        run = Run.objects.create(
            comparison=one, number=1, state=RunState.DONE, left_snapshot=1, right_snapshot=1,
            counts={"differs": 1}, digest="0" * 16, asked_by="x", asked_by_name="样例",
            asked_at=clock.now(),
        )  # fmt: skip
        run.results.create(id_number="219902198803120029", outcome="differs", differing=1)
        return run.pk

    def _receiving(self) -> dict[str, object]:
        """The deciding department receives: a table of another one is sent to its database."""
        posts = (Post.DATA_MANAGER, Post.DATA_HEAD, Post.AUTHORITY)
        other = Actor(name="样例", department=people.OTHER, key="giving", posts=posts)
        entry = draft_entry(facts=_facts("样例库表"), by=other).public_id
        submit_entry(entry_id=entry, secrecy_reviewed=True, privacy_assessed=True, by=other)
        approve_entry(entry_id=entry, by=other)
        publish_entry(entry_id=entry, by=other)
        fields = {"owner": "owner"}
        mount_resource(
            entry_id=entry,
            slug="sample-table",
            title="样例库表",
            contract={"collection": COLLECTION, "fields": fields},
            probe=lambda _: {"owner"},
            by=other,
            kind=Kind.TABLE,
        )
        request = request_share(
            resource="sample-table",
            purpose="样例",
            legal_basis="样例条例",
            scene="样例",
            columns=["owner"],
            tier="standard",
            mode=Mode.TABLE,
            valid_to=clock.today() + A_YEAR,
            by=self.actors["applicant"],
        ).pk
        approve_request(request_id=request, by=self.actors["data_head"])
        agree(request_id=request, by=other)
        grant = provision(request_id=request, by=PLATFORM).pk
        target = Target.objects.create(
            slug="sample",
            title="样例库",
            department_id=department_keys()[people.OWNER],
            address={},
            checked_at=clock.now(),
        )
        made = Delivery.objects.create(
            grant_id=grant, target=target, table="sample", arranged_by="", arranged_at=clock.now()
        )
        return {"received_id": grant, "delivery_id": made.public_id}

    def _ruled(self) -> dict[str, object]:
        """A rule over what the department pushes; a pass has found a row that breaks it."""
        rule = declare_rule(
            table=COLLECTION, kind="filled", told={"column": "id"}, by=self.actors["data_manager"]
        )
        table = lake_table(COLLECTION)
        settle(outcomes=[Outcome(table, None, 1, 1, [Found(rule, 1, 1)])], asked_by=PLATFORM)
        return {"rule_id": rule.public_id, "order_id": rule.orders.get().public_id}

    def _defined(self) -> dict[str, object]:
        """A data element that the deciding department needs waits for the authority."""
        facts = ElementFacts(
            name="样例", definition="样例", type=ItemType.TEXT, format="an..18", source="样例标准"
        )
        made = propose_element(facts=facts, why="样例", by=self.actors["data_manager"])
        return {"element_id": made.public_id}

    def _based(self) -> dict[str, object]:
        """A base over what the deciding department pushes: built, being built, one pair unclear."""
        version = declare_base(
            told={
                "slug": BASE, "title": "样例", "subject": "person", "purpose": "样例",
                "legal_basis": "样例条例", "seen_by": [Post.DATA_MANAGER],
                "columns": [{"name": "id_number", "title": "号码", "kind": "id_number",
                             "rule": "longest"}],
                "sources": [{"table": COLLECTION, "columns": {"id_number": "id"}}],
                "matching": {
                    "identifier": "id_number", "blocks": [["id_number"]], "upper": 9, "lower": 1,
                    "fields": [{"column": "id_number", "m": 0.9, "u": 0.1}],
                },
            },
            by=self.actors["data_manager"],
        )  # fmt: skip
        at = {"version": version, "asked_by": "样例", "asked_at": clock.now(), "sources": {}}
        counts = {"entities": 1, "conflicts": {}}
        done = BaseBuildState.DONE
        Build.objects.create(base=version.base, number=1, state=done, counts=counts, **at)
        running = Build.objects.create(base=version.base, number=2, **at)
        GoldenRecord.objects.create(
            base=version.base, number=1, since=1, version=version, identifier="", digest="",
            values={}, chosen={}, said={}, members=[], tokens=[],
        )  # fmt: skip
        version.base.built = 1
        version.base.save()
        sides = {"base": version.base, "left": f"{COLLECTION}:1", "right": f"{COLLECTION}:2"}
        told = {"told": [[None], [None]], "digest": "x", "why": "between", "build": 1}
        pair = UncertainPair.objects.create(**sides, score=100, levels="0", **told, version=version)
        decided = decide_pair(pair_id=pair.pk, digest="x", verdict="unsure", reason="样例",
                              by=self.actors["data_manager"])  # fmt: skip
        return {"build_id": running.pk, "pair_id": pair.pk, "decision_id": decided.pk}

    def _opening(self) -> dict[str, object]:
        """One table is open, its files are being written; another waits for the head.

        As rows: opening by the actions counts over the lake, and this world is made many times.
        """
        table = lake_table(COLLECTION)
        entry = entry_behind(table)
        made = [
            Dataset.objects.create(
                collection_id=table.number,
                entry=entry,
                title=f"样例 {state}",
                summary="样例",
                licence="cc0-1.0",
                update_cycle="month",
                columns=[],
                state=state,
                proposed_by="样例",
                proposed_key="nobody",
                proposed_at=clock.now(),
                published_at=clock.now() if state == "published" else None,
            ).public_id
            for state in ("published", "office_review")
        ]
        asked = ask(wanted="样例", purpose="样例", provider="", by=self.actors["owner"])
        told = {"dataset_id": made[0], "proposed_id": made[1], "form": "csv"}
        return {**told, "ask_id": asked.public_id}

    def _sharing(self) -> dict[str, int]:
        """The deciding department shares: one request waits for its head, one is granted."""
        manager, head = self.actors["data_manager"], self.actors["data_head"]
        facts = replace(_facts("样例目录"), open_type=OpenType.UNCONDITIONAL)
        entry = self.entry = draft_entry(facts=facts, by=manager).public_id
        submit_entry(entry_id=entry, secrecy_reviewed=True, privacy_assessed=True, by=manager)
        approve_entry(entry_id=entry, by=head)
        publish_entry(entry_id=entry, by=self.actors["data_authority"])
        mount_resource(
            entry_id=entry,
            slug=RESOURCE,
            title="样例查询",
            contract=CONTRACT,
            probe=lambda _: {"owner"},
            by=manager,
        )
        register_system(code="other-core", name="样例系统", department=people.OTHER, by=PLATFORM)
        waiting, granted = self._asked("甲"), self._asked("乙")
        agree(request_id=granted, by=head)
        return {"request_id": waiting, "grant_id": provision(request_id=granted, by=PLATFORM).pk}

    def _asked(self, purpose: str) -> int:
        posts = (Post.APPLICANT, Post.DATA_HEAD)
        other = Actor(name="样例", department=people.OTHER, key="asking", posts=posts)
        made = request_share(
            resource=RESOURCE,
            purpose=purpose,
            legal_basis="样例条例",
            scene="样例",
            columns=["owner"],
            tier="standard",
            valid_to=clock.today() + A_YEAR,
            by=other,
        ).pk
        approve_request(request_id=made, by=other)
        return made


def _picture() -> tuple[str, bytes]:
    out = BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    return "样例.png", out.getvalue()


def _facts(title: str) -> EntryFacts:
    return EntryFacts(
        title=title,
        sharing=SharingType.CONDITIONAL,
        review_due=clock.today() + A_YEAR,
        items=[ItemFacts("权利人", level=3, privacy=Privacy.PERSONAL, column="owner")],
    )


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """For a world that all tests of a file share: with its own folder, and undone at the end."""
    told = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "DIEBIAN_DATA": folder,
    }
    with override_settings(**told), transaction.atomic():
        yield
        transaction.set_rollback(True)
