"""One real platform, looked at by everybody: each page on each screen, and a journey by two hands.

All in one file, so that one worker starts one platform.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from diebian.base.catalogue.facts import EntryFacts
from diebian.base.catalogue.sheets.writing import workbook_of
from diebian.standards.sharing import SharingType
from tests.architecture.addresses import addresses
from tests.forwarding import own_server_by_tcp
from tests.platform.installation import Installation, open_folder, running_copy

from .chromium import ROOT, Visitor, Visitors, chromium
from .journey import CASE, WORDS, Finger, Journey, Keys, walk
from .journey import NUMBER as CASE_NUMBER
from .looks import Looks, Screen, as_for_an_elder, faults_of, unseen_focus
from .places import (
    APPLICANT,
    BASE,
    CHARGED,
    CLERK,
    COLLECTION,
    COMPARER,
    COMPARISON,
    FOUNDER,
    ISSUER,
    LOAN,
    MANAGER,
    NO_PAGES,
    PAGES,
    PERSON,
    RESOURCE,
    REVIEWER,
    Visit,
)

CITY = Path(os.environ.get("DIEBIAN_CITY") or ROOT / "cities/tieling")
PASSWORD = yaml.safe_load((CITY / "people.yaml").read_text())["password"]
JOURNEY = yaml.safe_load((CITY / "journey.yaml").read_text())
ID_NUMBERS = {
    one["name"]: one["id_number"]
    for one in yaml.safe_load((CITY / "people.yaml").read_text())["persons"]
}
COMPANY = "91219902Y00010062Q"
ITEM = JOURNEY["items"][0]["code"]
ENTRY = next(one["entry"] for one in JOURNEY["resources"] if one["slug"] == RESOURCE)
HEAD, OWN_HEAD, AUTHORITY, DECIDER = "zhouhead", "qianhead", "gaoyun", "dinghead"
FACTS = EntryFacts(
    title="样例目录甲", sharing=SharingType.CONDITIONAL, review_due=date(2027, 6, 30)
)
SAMPLES, HELD = CITY / "open_data.yaml", CITY / "licences.yaml"
CARRIED = {
    "申请人姓名": "样例", "申请人电话": "13800000099", "哪个城市决定": "样例省样例市",
    "那里的哪个机关": "样例局", "收下的材料": "样例申请表原件 1 份",
}  # fmt: skip
SINGLE = re.compile(r"[0-9a-f-]{36}|\d+")
NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DESKTOP, PHONE, ZOOMED = 1440, 390, 720  # 1440 at 200 % leaves 720
# In normal mode, and in elder mode.
EVERY_SCREEN = {
    False: [Screen(False, PHONE), Screen(False, ZOOMED, height=450), Screen(False, DESKTOP)],
    True: [Screen(True, DESKTOP), Screen(True, ZOOMED, height=450), Screen(True, PHONE)],
}
PHONE_ALONE = {elder: [Screen(elder, PHONE)] for elder in (False, True)}
SEEN = set[str]()  # addresses, whatever single thing they are about
CHECKED_WITHIN = 60  # seconds from the start until the worker has collected and checked
TOLD = re.compile("已告知 [12] 个用过的部门")  # the second read it for a base, if that is built
SIGN_IN_FIRST = "status of 401"  # chromium calls each such answer an error
WORST = """() => {
  document.documentElement.lang = ''
  const bad = document.createElement('div')
  bad.innerHTML = '<h1>two</h1><input><button>x</button><p class="pale">pale</p><a href="/">x</a>' +
    '<nav aria-label="x"><a href="/">y</a><a href="/">z</a></nav><pre>1\\n2\\n3\\n4\\n5\\n6</pre>'
  document.querySelector('main').append(bad)
  const [field, button, pale, link, ...near] = bad.querySelectorAll('input, button, p, a, pre')
  const box = near.pop()
  box.style.height = '3rem'; box.style.overflow = 'auto'
  for (const one of near) {
    one.style.display = 'inline-block'; one.style.width = one.style.height = '12px'
  }
  pale.style.color = '#eee'; pale.style.background = '#fff'; pale.style.width = '2000px'
  button.style.minHeight = '0'; button.style.padding = '0'
  for (const style of ['outline', 'boxShadow', 'background', 'border'])
    link.style.setProperty(style === 'boxShadow' ? 'box-shadow' : style, 'none', 'important')
}"""
# What can be done on a page, in words: an elder can do as much (the switch itself apart).
OFFERED = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter(e => e.getClientRects().length && !e.closest('form[action="/elder/"]'))
  .map(e => `${e.tagName} ${e.name || e.getAttribute('href') || e.textContent.trim()}`)"""
LOOKS = Looks()
VISITS = [(name, visit) for name, visits in PAGES.items() for visit in visits]
IDS = [
    f"{name}{visit.query}-{visit.who or 'anybody'}{'-draft' * visit.is_draft}"
    for name, visit in VISITS
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module")
def platform(
    browser: Browser,  # noqa: ARG001  no browser, no platform to start
) -> Iterator[Installation]:
    with open_folder() as folder, running_copy(folder / "data") as installation:
        yield installation


@pytest.fixture(scope="module")
def case_no(browser: Browser, platform: Installation) -> str:
    """A case handed in from a phone."""
    visitor = Visitor(browser, platform.address, width=PHONE, elder=False)
    number = walk(visitor.page, Finger(), PERSON, PASSWORD)
    assert [one for one in visitor.complaints if SIGN_IN_FIRST not in one] == []
    visitor.context.close()
    return number


@pytest.fixture(scope="module")
def draft_no(browser: Browser, platform: Installation) -> str:
    """An application that is filled and not handed in."""
    visitor = Visitor(browser, platform.address, width=DESKTOP)
    journey = Journey(visitor.page, Finger())
    journey.search(WORDS)
    journey.open_the_first_result()
    journey.start(PERSON, PASSWORD)
    number = journey.fill()
    visitor.context.close()
    return number


@pytest.fixture(scope="module")
def entries(visitors: Visitors) -> dict[bool, str]:
    """Numbers of two entries of one department: a draft (True) and a published one (False)."""
    page = visitors[MANAGER].page
    page.goto(f"/catalogue/?q={ENTRY}")
    published = page.get_by_role("link", name=ENTRY, exact=True).get_attribute("href") or ""
    page.goto("/catalogue/draft")
    page.get_by_label("名称").fill("样例目录")
    page.get_by_label("复核期限").fill("2027-06-30")
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_url(lambda address: "/draft" not in address)
    return {True: _number_in(page.url), False: _number_in(published)}


def test_every_address_is_looked_at_or_told_why_not() -> None:
    assert sorted([*PAGES, *NO_PAGES]) == sorted(addresses())


def test_the_journey_is_walked_on_a_phone(case_no: str) -> None:
    assert case_no.isdecimal()


def test_the_journey_is_walked_in_elder_mode_with_the_keyboard_alone(
    browser: Browser, platform: Installation
) -> None:
    visitor = Visitor(browser, platform.address, width=PHONE, elder=True)
    assert walk(visitor.page, Keys(visitor.page), PERSON, PASSWORD).isdecimal()
    assert visitor.page.locator("html[data-elder]").count() == 1
    visitor.context.close()


@pytest.fixture(scope="module")
def visitors(browser: Browser, platform: Installation) -> Iterator[Visitors]:
    opened = Visitors(browser, platform.address, width=DESKTOP, password=PASSWORD)
    yield opened
    for visitor in opened.values():
        visitor.context.close()


@pytest.mark.parametrize(("name", "visit"), VISITS, ids=IDS)
def test_a_page_serves_everybody_on_every_screen(
    name: str,
    visit: Visit,
    visitors: Visitors,
    case_no: str,
    draft_no: str,
    entries: dict[bool, str],
) -> None:
    number = draft_no if visit.is_draft else case_no
    arguments = {
        "code": ITEM,
        "case_no": number,
        "number": number,
        "entry_id": entries[visit.is_draft],
        **visit.arguments,
    }
    path = addresses()[name].filled(arguments) + visit.query
    assert _faults(visitors[visit.who], path, visit) == []


def test_a_workbook_with_faults_serves_everybody_too(visitors: Visitors, tmp_path: Path) -> None:
    page = visitors[MANAGER].page
    page.goto("/catalogue/sheet")
    file = tmp_path / "样例.xlsx"
    file.write_bytes(workbook_of([FACTS, FACTS]))
    page.locator("#sheet").set_input_files(file)
    page.get_by_role("button", name="上传").click()
    page.wait_for_url(NUMBER)
    assert page.get_by_role("row", name="目录 A3 和 A2 重名").count() == 1
    assert _faults(visitors[MANAGER], page.url, Visit(MANAGER)) == []


def test_a_workbook_that_alters_serves_everybody_too(
    visitors: Visitors, entries: dict[bool, str], tmp_path: Path
) -> None:
    """What it would change is shown before it is done."""
    page = visitors[MANAGER].page
    page.goto("/catalogue/sheet")
    file = tmp_path / "样例.xlsx"
    file.write_bytes(workbook_of([(FACTS, entries[True])]))
    page.locator("#sheet").set_input_files(file)
    page.get_by_role("button", name="上传").click()
    page.wait_for_url(NUMBER)
    expect(page.get_by_role("heading", level=1)).to_contain_text("请看过再决定")
    assert _faults(visitors[MANAGER], page.url, Visit(MANAGER)) == []


def test_a_former_version_serves_everybody_too(
    visitors: Visitors, entries: dict[bool, str]
) -> None:
    """Manager, head and authority change what is published; what it said before stays a page."""
    address = f"/catalogue/{entries[False]}/"
    page = visitors[MANAGER].page
    page.goto(f"{address}change")
    page.get_by_label("变更的理由").fill("样例理由")
    page.get_by_label("责任人").fill("样例责任人")
    page.get_by_label("已完成保密审查").check()
    page.get_by_label("已完成个人信息影响评估").check()
    page.get_by_role("button", name="提交本部门审核").click()
    for who, button in ((HEAD, "同意，报主管部门"), (AUTHORITY, "发布变更")):
        assert _faults(visitors[who], address, Visit(who)) == []
        visitors[who].page.get_by_role("button", name=button).click()
    for path in (address, f"{address}versions/1"):
        assert _faults(visitors[MANAGER], path, Visit(MANAGER)) == []


def test_questions_and_papers_of_an_item_serve_everybody_too(
    visitors: Visitors, tmp_path: Path
) -> None:
    """She chooses her situation, writes what only she knows, and hands in a picture."""
    page, file = visitors[PERSON].page, tmp_path / "样例.png"
    Image.new("RGB", (4, 4)).save(file)
    page.goto(f"/items/{LOAN}/")
    page.get_by_role("button", name="开始申请").click()
    assert _faults(visitors[PERSON], page.url, Visit(PERSON)) == []
    for choice in ("未婚", "二手房", "在本市"):
        page.get_by_label(choice).check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("贷款金额").fill("300000")
    page.get_by_label("贷款年限").fill("20")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("或者选文件").first.set_input_files(file)
    page.get_by_role("button", name="上传").first.click()
    expect(page.get_by_text("已交 1 个文件")).to_be_visible()
    assert _faults(visitors[PERSON], page.url, Visit(PERSON)) == []


def test_a_doubt_and_its_answer_serve_everybody_too(visitors: Visitors, case_no: str) -> None:
    """She says what is wrong; the department that gave it checks, and answers."""
    page = visitors[PERSON].page
    page.goto(f"/cases/{case_no}/doubt/")
    page.get_by_role("radio").first.check()
    page.get_by_label("应当是什么").fill("样例：面积应是 89.5 平方米")
    page.get_by_role("button", name="提出校核").click()
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    page.wait_for_url(NUMBER)
    path = page.url
    for who in (PERSON, MANAGER):
        assert _faults(visitors[who], path, Visit(who)) == []
    page = visitors[MANAGER].page
    page.get_by_label("核实的结果").fill("样例：核实无误")
    page.get_by_role("button", name="核实无误，不用改").click()
    expect(page.get_by_role("main")).to_contain_text("样例：核实无误")
    for who in (PERSON, MANAGER):
        assert _faults(visitors[who], path, Visit(who)) == []
    _a_dispute_serves_everybody_too(visitors, path)


def _a_dispute_serves_everybody_too(visitors: dict[str, Visitor], path: str) -> None:
    """She does not accept it; both talk, and the authority is asked for its opinion."""
    page = visitors[PERSON].page
    page.goto(path)
    page.get_by_role("link", name="不同意，提出争议").click()
    assert _faults(visitors[PERSON], page.url, Visit(PERSON)) == []
    page.get_by_label("为什么不同意").fill("样例：测绘报告写的是 89.5 平方米")
    page.get_by_role("button", name="提出争议").click()
    page.wait_for_url(re.compile(f"/disputes/{NUMBER.pattern}/"))
    dispute = page.url
    for who, says in ((MANAGER, "样例：档案写的是 86 平方米"), (PERSON, "样例：请以测绘为准")):
        assert _faults(visitors[who], dispute, Visit(who)) == []
        visitors[who].page.get_by_label("您想说什么").fill(says)
        visitors[who].page.get_by_role("button", name="发出").click()
    page.get_by_text(re.compile("协商不成，请.+数据主管部门协调")).click()
    page.get_by_label("协商到哪一步").fill("样例：谈不拢")
    page.get_by_role("button", name="请求协调").click()
    for who in (PERSON, AUTHORITY):
        assert _faults(visitors[who], dispute, Visit(who)) == []


def test_what_was_put_right_is_told_to_whoever_used_it(visitors: Visitors, case_no: str) -> None:
    """From 谁查过我 to the office, to the departments that had read the value."""
    page = visitors[PERSON].page
    page.goto("/me/reads/")
    page.locator(f"a[href*='/corrections/new/{RESOURCE}/?case={case_no}']").first.click()
    page.get_by_role("radio").nth(1).check()
    page.get_by_label("应当是什么").fill("样例：证号写错了一位")
    page.get_by_role("button", name="提出校核").click()
    page.wait_for_url(NUMBER)
    path = page.url
    office = visitors[MANAGER].page
    office.goto(path)
    office.get_by_label("核实的结果").fill("样例：已改")
    office.get_by_role("button", name="源头已改正").click()
    expect(office.get_by_role("main")).to_contain_text(TOLD)
    for who in (PERSON, MANAGER, APPLICANT):
        assert _faults(visitors[who], path, Visit(who)) == []
    expect(visitors[APPLICANT].page.get_by_role("main")).to_contain_text(case_no)


def test_a_reviewer_learns_whether_a_claim_is_right_and_nothing_else(
    visitors: Visitors, case_no: str
) -> None:
    page = visitors[REVIEWER].page
    page.goto(f"/desk/cases/{case_no}/verify/")
    page.get_by_label("险种").select_option(index=2)
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("main").get_by_role("table")).to_contain_text("不一致")
    assert _faults(visitors[REVIEWER], page.url, Visit(REVIEWER)) == []


def test_a_comparisons_result_serves_everybody_too(visitors: Visitors) -> None:
    """The planned case: two systems' lists, collected by the worker, are compared by it."""
    page = visitors[COMPARER].page
    _wait_until(page, "/lake/hr-jobless/", "完成")
    page.goto(f"/comparisons/{COMPARISON}/")
    page.get_by_role("button", name="开始比对").click()
    page.wait_for_url(re.compile("/comparisons/runs/"))
    address = page.url
    _wait_until(page, address, "结果的指纹")
    assert _faults(visitors[COMPARER], address, Visit(COMPARER)) == []
    page.get_by_role("link", name="3 人").first.click()
    expect(page.get_by_label("2199")).to_have_count(3)
    assert _faults(visitors[COMPARER], f"{address}?outcome=differs", Visit(COMPARER)) == []


def test_a_record_of_a_base_and_a_doubtful_pair_serve_everybody_too(
    visitors: dict[str, Visitor],
) -> None:
    """Built by the worker from what it collected: a pair is looked at, and one record."""
    page = visitors[AUTHORITY].page
    if not (CITY / "master_data.yaml").exists():
        pytest.skip("this city's folder declares no base")
    _wait_until(page, f"/bases/{BASE}/", "建成的在用")
    page.get_by_role("link", name=re.compile(r"^\d{4}-")).first.click()
    page.wait_for_url(re.compile("/bases/builds/"))
    paths = [page.url, f"/bases/{BASE}/conflicts/name/"]
    page.goto(f"/bases/{BASE}/pairs/")
    pair = page.locator("main .list a[href*='/bases/pairs/']").first.get_attribute("href") or ""
    page.goto(paths[1])
    record = page.locator("main table a[href*='/records/']").first.get_attribute("href") or ""
    for path in (*paths, pair, f"{pair}plain", record):
        assert _faults(visitors[AUTHORITY], path, Visit(AUTHORITY)) == []


def _wait_until(page: Page, address: str, words: str) -> None:
    """Asked without drawing anything; the page is opened when they have come."""
    for _ in range(60):
        if words in page.request.get(address).text().partition("<main")[2]:
            break
        page.wait_for_timeout(500)
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text(words)


def test_one_call_serves_everybody_too(visitors: Visitors, case_no: str) -> None:
    """The questions of the case that was handed in have been metered by now; one is opened."""
    page, wanted = visitors[MANAGER].page, "main table a[href*='/exchange/calls/']"
    for _ in range(40):
        page.goto(f"/exchange/calls/?outcome=answered&resource={RESOURCE}")
        if page.locator(wanted).count():
            break
        page.wait_for_timeout(500)
    page.locator(wanted).first.click()
    page.wait_for_url(NUMBER)
    expect(page.get_by_role("main")).to_contain_text("谁查过我")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"办件\s*\d+"))
    assert case_no
    assert _faults(visitors[MANAGER], page.url, Visit(MANAGER)) == []


def test_what_a_rule_found_serves_everybody_too(visitors: Visitors) -> None:
    """The rule, its failing rows, plain ones, and the order that follows from them."""
    page = visitors[MANAGER].page
    page.goto(f"/quality/tables/{COLLECTION}/")
    rule = page.locator("table a[href*='/quality/rules/']").first
    if rule.count() == 0:
        pytest.skip("this city's folder declares no rules")
    address = rule.get_attribute("href") or ""
    order = page.locator("main .list a[href*='/quality/orders/']").first
    for _ in range(CHECKED_WITHIN):
        page.goto("/quality/orders/")
        if order.count():
            break
        page.wait_for_timeout(1000)
    for path in (address, f"{address}rows", order.get_attribute("href") or ""):
        assert _faults(visitors[MANAGER], path, Visit(MANAGER)) == []


def test_a_data_element_is_proposed_registered_and_followed_by_everybody(
    visitors: Visitors,
) -> None:
    """From a department to the authority; and from an element to a rule that follows from it."""
    page, authority = visitors[MANAGER].page, visitors[AUTHORITY].page
    page.goto("/elements/new")
    for label, says in (("名称", "样例代码"), ("定义", "样例"), ("出处", "样例标准")):
        page.get_by_label(label, exact=True).fill(says)
    page.get_by_label("表示格式").fill("n1")
    page.get_by_label("值域").fill("0 = 否\n1 = 是")
    page.get_by_label("为什么需要").fill("样例理由")
    page.get_by_role("button", name="提出").click()
    page.wait_for_url(NUMBER)
    for who in (MANAGER, AUTHORITY):
        assert _faults(visitors[who], page.url, Visit(who)) == []
    authority.get_by_role("button", name="登记为标准").click()
    assert _faults(visitors[AUTHORITY], authority.url, Visit(AUTHORITY)) == []
    address = f"/quality/tables/{COLLECTION}/"
    page.goto(address)
    suggested = page.get_by_role("button", name=re.compile("^采用"))
    if suggested.count() == 0:
        pytest.skip("this city's folder names no elements")
    assert _faults(visitors[MANAGER], address, Visit(MANAGER)) == []
    page.locator("main .list a[href*='/elements/']").first.click()
    expect(page.get_by_role("main")).to_contain_text("收进湖里的列")
    assert _faults(visitors[MANAGER], page.url, Visit(MANAGER)) == []
    page.goto(address)
    suggested.first.click()
    expect(page.get_by_role("main")).to_contain_text("现在检查")


@pytest.fixture
def consumers_database() -> Iterator[str]:
    """Not on the platform's server, which delivers to no place beside itself: on the tests' own."""
    name = "sample_in"
    with own_server_by_tcp() as way, psycopg.connect(way.url("postgres"), autocommit=True) as own:
        own.execute(f"drop database if exists {name}")
        own.execute(f"create database {name}")
        yield way.url(name)
        own.execute(f"drop database {name} with (force)")


def test_where_a_granted_table_goes_serves_everybody_too(
    visitors: Visitors, entries: dict[bool, str], consumers_database: str
) -> None:
    """Mounted, asked for, granted, and sent into a database of the consumer's, all on pages."""
    manager, page = visitors[MANAGER].page, visitors[APPLICANT].page
    manager.goto(f"/delivery/entries/{entries[False]}/table?from={COLLECTION}")
    manager.get_by_label("资源代码").fill("sample-table")
    manager.get_by_role("button", name="挂载", exact=True).click()
    manager.wait_for_url("**/resources/sample-table/")
    page.goto("/exchange/resources/sample-table/")
    for label in ("办什么事要用", "依据", "使用场景"):
        page.get_by_label(label).fill("样例")
    page.locator("input[name=columns]").first.check()
    page.get_by_role("button", name="提交本单位审核").click()
    page.wait_for_url("**/requests/*/")
    for who, button in ((OWN_HEAD, "同意，送提供部门"), (HEAD, "同意共享"), (AUTHORITY, "开通")):
        visitors[who].page.goto(page.url)
        visitors[who].page.get_by_role("button", name=button, exact=True).click()
    page.goto("/delivery/targets/new")
    for field, value in (("title", "样例库"), ("slug", "sample-in"), ("url", consumers_database)):
        page.locator(f"input[name={field}]").fill(value)
    page.get_by_role("button", name="连一次并登记").click()
    page.get_by_role("link", name=ENTRY).first.click()  # it waits to be arranged
    assert _faults(visitors[APPLICANT], page.url, Visit(APPLICANT)) == []
    page.get_by_role("button", name="安排，马上送第一次").click()
    page.wait_for_url(NUMBER)
    assert _is_sent(page)
    assert _faults(visitors[APPLICANT], page.url, Visit(APPLICANT)) == []


def _is_sent(page: Page) -> bool:
    """The worker does it; whoever waits looks again."""
    for _ in range(40):
        if page.get_by_role("row", name="完成").count():
            return True
        page.wait_for_timeout(500)
        page.reload()
    return False


def test_leave_to_act_for_somebody_serves_everybody_too(visitors: Visitors) -> None:
    """A mother lets a friend do one thing: found, written, read whole, agreed to, taken back."""
    page = visitors[PERSON].page
    page.goto("/me/mandates/give/?words=公积金")
    page.get_by_label("姓名").fill("李娜")
    page.get_by_label("身份证号").fill(ID_NUMBERS["李娜"])
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url(NUMBER)
    address = page.url
    assert _faults(visitors[PERSON], address, Visit(PERSON)) == []
    page.get_by_role("button", name="我同意").click()
    expect(page.get_by_role("main")).to_contain_text("还没有用过")
    assert _faults(visitors[PERSON], address, Visit(PERSON)) == []
    assert _faults(visitors[PERSON], f"{address}sheet/", Visit(PERSON)) == []
    page.goto(address)
    page.locator("summary", has_text="收回授权").click()
    page.get_by_role("button", name="确定收回").click()
    expect(page.get_by_role("main")).to_contain_text("已收回")


def test_a_company_is_claimed_by_whom_the_register_names(visitors: Visitors) -> None:
    """The register is really asked; then its representative writes leave for an agent."""
    if "company_register" not in JOURNEY:
        pytest.skip("this city's register of companies is not connected")
    page = visitors[FOUNDER].page
    page.goto("/me/mandates/")
    page.get_by_label("统一社会信用代码").fill(COMPANY)
    page.get_by_role("button", name="核对并认领").click()
    page.get_by_role("link", name="授权经办人").click()
    page.wait_for_url(re.compile("/me/companies/"))
    assert _faults(visitors[FOUNDER], page.url, Visit(FOUNDER)) == []


def test_a_fee_is_asked_for_and_paid_at_the_window_by_everybody(visitors: Visitors) -> None:
    """Applied for at home, paid in cash to a clerk who only knows who sits there."""
    page, clerk = visitors[PERSON].page, visitors[CLERK].page
    page.goto(f"/items/{CHARGED}/")
    page.get_by_role("button", name="开始申请").click()
    for choice in ("到期了", "不是"):
        page.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("在哪里办").select_option(index=1)
    page.get_by_label("您要办的具体内容").fill("样例")
    page.get_by_role("main").get_by_role("checkbox").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url(CASE)
    case = urlsplit(page.url).path
    _wait_until(page, case, "去缴费")
    assert _faults(visitors[PERSON], f"{case}fee/", Visit(PERSON)) == []
    _seat(clerk, "王芳")
    assert _faults(visitors[CLERK], "/window/", Visit(CLERK, is_dense=True)) == []
    counter = f"/window{case}"
    assert _faults(visitors[CLERK], counter, Visit(CLERK)) == []
    clerk.get_by_label("收款凭条号").fill("样例 1")
    clerk.get_by_role("button", name="收到了，记下").click()
    expect(clerk.get_by_role("main")).to_contain_text("已缴")
    for path in (f"{case}fee/", f"{case}fee/receipt/"):
        assert _faults(visitors[PERSON], path, Visit(PERSON)) == []


def test_what_a_window_scans_and_takes_in_for_others_serves_everybody_too(
    visitors: Visitors, tmp_path: Path
) -> None:
    """Two pages become one file; papers for another city go with a receipt; a mandate on paper is
    kept as it was signed."""
    page, pages = visitors[CLERK].page, [tmp_path / "1.png", tmp_path / "2.png"]
    for file in pages:
        Image.new("RGB", (4, 4)).save(file)
    _seat(page, "李娜")
    page.goto(f"/window/?item={LOAN}")
    page.get_by_role("button", name="开始收件").click()
    scan = f"/window/cases/{_case_in(page)}/scan/"
    page.goto(scan)
    page.locator("#f1").set_input_files(pages)
    page.get_by_role("button", name="扫好了").first.click()
    expect(page.get_by_role("main")).to_contain_text("2 页")
    assert _faults(visitors[CLERK], scan, Visit(CLERK)) == []
    page.goto("/window/carried/")
    for label, says in CARRIED.items():
        page.get_by_label(label, exact=True).fill(says)
    page.get_by_role("button", name="收下，出回执").click()
    page.wait_for_url(re.compile(r"/window/carried/\w+/"))
    assert _faults(visitors[CLERK], page.url, Visit(CLERK)) == []
    _a_signed_paper_serves_everybody_too(visitors, pages)


def _a_signed_paper_serves_everybody_too(visitors: Visitors, pages: list[Path]) -> None:
    page = visitors[CLERK].page
    page.goto("/mandates/window/")
    for place, name in (("#id_giver_name", "苏玉兰"), ("#id_name", "李娜")):
        page.locator(place).fill(name)
        page.locator(place.replace("name", "id_number")).fill(ID_NUMBERS[name])
    page.locator("#words").fill("养老")
    page.get_by_role("button", name="找", exact=True).click()
    page.locator("input[name=matter]").first.check()
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url(NUMBER)
    assert _faults(visitors[CLERK], page.url, Visit(CLERK)) == []
    page.get_by_label("在纸上签了名").check()
    page.get_by_label("纸质件放在哪里").fill("样例柜")
    page.get_by_role("button", name="本人同意了").click()
    page.locator("#scan").set_input_files(pages)
    page.get_by_role("button", name="扫好了").click()
    expect(page.get_by_role("link", name="签名的授权书")).to_be_visible()
    assert _faults(visitors[CLERK], page.url, Visit(CLERK)) == []


@pytest.mark.skipif(not HELD.exists(), reason="this city's folder declares no licences")
def test_held_licences_and_their_table_serve_everybody_too(visitors: Visitors) -> None:
    """The worker has registered the first collection by now; a person sees hers, an office all."""
    page, office = visitors[PERSON].page, visitors[ISSUER].page
    _wait_until(page, "/licences/", "有效期至")
    held = page.locator("main a[href*='/licences/held/']").first.get_attribute("href") or ""
    assert _faults(visitors[PERSON], held, Visit(PERSON)) == []
    office.goto("/licences/tables/")
    office.locator("main .list a[href*='/licences/tables/'], main table a").first.click()
    table = urlsplit(office.url).path
    for path in (table, f"{table}alter"):
        assert _faults(visitors[ISSUER], path, Visit(ISSUER)) == []


def test_a_decision_that_is_suspended_serves_everybody_too(
    visitors: Visitors, case_no: str
) -> None:
    """Granted, then held back by two persons; the applicant reads that it does not count now."""
    page, head = visitors[REVIEWER].page, visitors[DECIDER].page
    page.goto(f"/desk/cases/{case_no}/")
    page.locator("form[action$=approve] summary").click()
    page.locator("form[action$=approve] details button").click()
    _wait_until(page, "/licences/desk/", case_no)
    page.get_by_role("row", name=case_no).get_by_role("link").click()
    licence = page.url
    page.get_by_label("暂扣").check()
    page.get_by_label("理由").fill("样例")
    page.get_by_label("依据哪一条").fill("样例条例")
    page.get_by_role("button", name="提出，等负责人同意").click()
    head.goto(licence)
    assert _faults(visitors[DECIDER], licence, Visit(DECIDER)) == []
    head.get_by_role("button", name=re.compile("^同意")).click()
    assert _faults(visitors[PERSON], f"/cases/{case_no}/", Visit(PERSON)) == []
    expect(visitors[PERSON].page.get_by_role("main")).to_contain_text("决定已暂扣")


def _seat(clerk: Page, name: str) -> None:
    """Whoever sat there before has gone; nothing is chosen yet."""
    clerk.goto("/window/")
    if (gone := clerk.get_by_role("button", name="办完离开")).count():
        gone.click()
    clerk.get_by_label("身份证号").fill(ID_NUMBERS[name])
    clerk.get_by_label("姓名").fill(name)
    clerk.get_by_role("button", name="先看本人的件").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(name)


def _case_in(page: Page) -> str:
    page.wait_for_url(CASE_NUMBER)
    found = CASE_NUMBER.search(page.url)
    assert found is not None
    return found[1]


def test_an_error_page_serves_everybody_too(visitors: Visitors) -> None:
    assert _faults(visitors[""], "/no/such/page/", Visit("", status=404)) == []


@pytest.mark.skipif(not SAMPLES.exists(), reason="this city has no samples of open data")
def test_open_data_serves_everybody_too(visitors: Visitors) -> None:
    """The worker has opened the samples by now; its page, what stands behind it, and a request."""
    titles = [one["title"] for one in yaml.safe_load(SAMPLES.read_text())["datasets"]]
    page = visitors[""].page
    page.goto("/open-data/")
    for _ in range(120):
        if page.get_by_text("JSON · Parquet").count() == len(titles):
            break
        page.wait_for_timeout(500)
        page.reload()
    page.get_by_role("link", name=titles[0]).click()
    opened = _number_in(page.url)
    assert _faults(visitors[""], page.url, Visit("")) == []
    assert _faults(visitors[MANAGER], f"/opening/{opened}/", Visit(MANAGER)) == []
    asking = visitors[PERSON].page
    asking.goto("/open-data/requests/new")
    asking.get_by_label("要什么数据").fill("公交站点的位置")
    asking.get_by_label("用来做什么").fill("做导航")
    asking.get_by_role("button", name="提交").click()
    asking.wait_for_url(NUMBER)
    assert _faults(visitors[""], asking.url, Visit("")) == []


def test_each_check_can_fail(visitors: Visitors) -> None:
    """A check that finds nothing on the worst of pages protects nobody."""
    page, screen = visitors[""].page, Screen(elder=False, width=PHONE)
    page.goto("/accessibility/")
    page.evaluate(WORST)
    told = "\n".join(
        faults_of(page, screen) + LOOKS.unfit(page, screen) + unseen_focus(page, screen)
    )
    for sign in ("axe: label", "one h1", "lang and title", "inline styles", "sticks out",
                 "small target", "focus cannot be seen", "axe: color-contrast", "axe: target-size",
                 "axe: scrollable-region-focusable"):  # fmt: skip
        assert sign in told, sign


def _number_in(address: str) -> str:
    found = NUMBER.search(address)
    assert found is not None, address
    return found[0]


def _faults(visitor: Visitor, path: str, visit: Visit) -> list[str]:
    """Loaded once; for an elder the open page is turned over to elder mode. Of a page that somebody
    has seen on every screen, what another person or another question makes of it is seen on the
    narrowest.
    """
    page, address = visitor.page, SINGLE.sub("", f"{urlsplit(path).path} {visit.status}")
    screens = PHONE_ALONE if address in SEEN else EVERY_SCREEN
    SEEN.add(address)
    visitor.complaints.clear()
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == visit.status, f"{path}: {answer.status}"
    faults = LOOKS.look(page, screens[False], is_dense=visit.is_dense)
    offered = page.evaluate(OFFERED)
    as_for_an_elder(page)
    if missing := set(offered) - set(page.evaluate(OFFERED)):
        faults.append(f"not for an elder: {sorted(missing)}")
    faults += LOOKS.look(page, screens[True], is_dense=visit.is_dense)
    faults += [one for one in visitor.complaints if f"status of {visit.status}" not in one]
    return [one for one in faults if not visit.forgiven or visit.forgiven not in one]
