"""Every address of the platform: who looks at it here, or why nobody can."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Visit:
    who: str  # a sample person; empty: a visitor without an account
    query: str = ""
    arguments: dict[str, str] = field(default_factory=dict)
    status: int = 200
    forgiven: str = ""  # the name of a rule of axe that this page may break, with a reason
    is_draft: bool = False  # the case or entry in its address is not handed in yet
    is_dense: bool = False  # a clerk's desk or the wall: smaller rows by design


PERSON, REVIEWER, WATCHER, MANAGER = "wangfang", "liugong", "zhangduty", "sunyuan"
CLERK, APPLICANT, AUTHORITY, RESOURCE = "minwindow", "hegjj", "gaoyun", "estate-housing"
COLLECTION = "estate-housing-rows"

PAGES: dict[str, list[Visit]] = {
    "accounts:account": [Visit(PERSON), Visit(REVIEWER)],
    "accounts:login": [Visit("")],
    "catalogue:change": [Visit(MANAGER)],
    "catalogue:draft": [Visit(MANAGER)],
    "catalogue:edit": [Visit(MANAGER, is_draft=True)],
    "catalogue:entries": [Visit(MANAGER)],
    "catalogue:entry": [Visit(APPLICANT), Visit(MANAGER), Visit(MANAGER, is_draft=True)],
    "exchange:calls": [Visit(MANAGER), Visit(AUTHORITY, "?outcome=answered")],
    "exchange:console": [Visit(MANAGER), Visit(AUTHORITY)],
    "catalogue:idle": [Visit(MANAGER)],
    "catalogue:sheet": [Visit(MANAGER)],
    "exchange:mount": [Visit(MANAGER)],
    "exchange:inbox": [Visit(MANAGER)],
    "exchange:request": [Visit(APPLICANT, arguments={"request_id": "1"})],
    "exchange:resource": [Visit(APPLICANT, arguments={"slug": RESOURCE})],
    "home:accessibility": [Visit("")],
    "home:figure": [Visit("", arguments={"slug": "cases-today"})],
    "home:home": [Visit(""), Visit(PERSON)],
    "home:personal-information": [Visit("")],
    "home:search": [Visit(""), Visit("", "?q=公积金"), Visit("", "?q=月亮")],
    "lake:collection": [Visit(MANAGER, arguments={"slug": COLLECTION})],
    "lake:collections": [Visit(MANAGER)],
    "lake:define": [Visit(MANAGER)],
    "lake:source": [Visit(MANAGER)],
    "lake:run": [Visit(MANAGER, arguments={"run_id": "1"})],
    "licences:check": [Visit("")],
    "messages:notices": [Visit(PERSON)],
    "corrections:corrections": [Visit(PERSON), Visit(MANAGER)],
    "open-data:datasets": [Visit("")],
    "open-data:request-new": [Visit(PERSON)],
    "open-data:requests": [Visit("")],
    "opening:desk": [Visit(MANAGER)],
    "opening:propose": [Visit(MANAGER, arguments={"slug": "estate-monthly"})],
    "services:doubt": [Visit(PERSON)],
    "services:check": [Visit(PERSON, is_draft=True)],
    "services:desk": [Visit(REVIEWER, is_dense=True)],
    "services:form": [Visit(PERSON, is_draft=True)],
    "services:guide": [Visit(""), Visit(PERSON)],
    "services:mine": [Visit(PERSON)],
    "services:reads": [Visit(PERSON)],
    "services:track": [Visit(PERSON)],
    "services:window": [Visit(CLERK, is_dense=True)],
    "services:work": [Visit(REVIEWER, is_dense=True)],
    "wall:act": [Visit(WATCHER, arguments={"kind": "case"})],
    "wall:figure": [Visit(WATCHER, arguments={"slug": "calls-today"})],
    # A wall that nobody touches has to renew itself: showing the present is what it is for.
    "wall:wall": [Visit(WATCHER, is_dense=True, forgiven="meta-refresh")],
}
NOT_YET = "its number is not known before it is made; its page is looked at in a test of its own"
OF_ITS_OWN = "must be made first: looked at in a test of its own"
BUTTON, DATA, LEADS_ON, FILE = "a button's address", "for machines", "leads on", "a file"
NO_PAGES: dict[str, str] = {
    "accounts:logout": BUTTON,
    "catalogue:api-entries": DATA,
    "catalogue:api-act": DATA,
    "catalogue:api-entry": DATA,
    "catalogue:approve": BUTTON,
    "catalogue:ckan": DATA,
    "catalogue:ckan-short": DATA,
    "catalogue:dcat": DATA,
    "catalogue:dcat-dataset": DATA,
    "catalogue:openapi": DATA,
    "catalogue:change-act": BUTTON,
    "catalogue:publish": BUTTON,
    "catalogue:send-back": BUTTON,
    "catalogue:sheet-download": FILE,
    "catalogue:sheet-take": BUTTON,
    "catalogue:sheet-template": FILE,
    "catalogue:sheet-upload": OF_ITS_OWN,
    "catalogue:submit": BUTTON,
    "catalogue:version": OF_ITS_OWN,
    "catalogue:withdraw": BUTTON,
    "corrections:act": BUTTON,
    "corrections:correction": NOT_YET,
    "exchange:api-grant-act": DATA,
    "exchange:api-request": DATA,
    "exchange:api-request-act": DATA,
    "exchange:api-requests": DATA,
    "exchange:api-resource": DATA,
    "exchange:ask": BUTTON,
    "exchange:grant-act": BUTTON,
    "exchange:request-act": BUTTON,
    "exchange:try-again": BUTTON,
    "home:alive": DATA,
    "home:elder": LEADS_ON,
    "lake:api-collections": DATA,
    "lake:api-push": DATA,
    "lake:collect": BUTTON,
    "lake:decide": BUTTON,
    "lake:stop": BUTTON,
    "licences:data": FILE,
    "licences:pdf": FILE,
    "messages:read": BUTTON,
    "open-data:api-dataset": DATA,
    "open-data:api-datasets": DATA,
    "open-data:api-rows": DATA,
    "open-data:dataset": OF_ITS_OWN,
    "open-data:dataset-feed": DATA,
    "open-data:download": FILE,
    "open-data:feed": DATA,
    "open-data:request": OF_ITS_OWN,
    "open-data:request-act": BUTTON,
    "opening:act": BUTTON,
    "opening:dataset": OF_ITS_OWN,
    "messages:read_all": BUTTON,
    "services:apply": BUTTON,
    "services:decide": BUTTON,
    "services:discard": BUTTON,
    "services:rate": BUTTON,
    "services:supplement": BUTTON,
    "services:withdraw": BUTTON,
}
