"""王芳 (sample) at her phone, as page objects: what she sees and presses, by role and by label.

Two hands do the same: `Finger` taps, `Keys` only ever uses the keyboard.
"""

import re
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

WORDS = "买房提公积金"
FORM = {"提取金额": "500", "收款银行卡最后 4 位": "3021"}
STATEMENT = "声明"
NUMBER = re.compile(r"/cases/(\d+)/")
CASE, DRAFT = re.compile(r"/cases/\d+/$"), re.compile(r"/cases/\d+/form/")
AFTER_START = re.compile(r"/accounts/login/|/cases/\d+/form/")
TABS = 150  # more than any page has places to stop


class Hand(Protocol):
    def press(self, what: Locator) -> None: ...
    def write(self, into: Locator, text: str) -> None: ...


class Finger:
    def press(self, what: Locator) -> None:
        what.click()

    def write(self, into: Locator, text: str) -> None:
        into.fill(text)


class Keys:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        self._go_to(what)
        is_box = what.get_attribute("type") == "checkbox"
        self.page.keyboard.press("Space" if is_box else "Enter")

    def write(self, into: Locator, text: str) -> None:
        self._go_to(into)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def _go_to(self, what: Locator) -> None:
        what.wait_for()
        for _ in range(TABS):
            if what.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"cannot be reached by Tab: {what}")


class Journey:
    def __init__(self, page: Page, hand: Hand) -> None:
        self.page, self.hand = page, hand
        self.main = page.get_by_role("main")

    def search(self, words: str) -> None:
        self.page.goto("/")
        self.hand.write(self.main.get_by_role("searchbox", name="搜索要办的事"), words)
        self.hand.press(self.main.get_by_role("button", name="搜一搜"))
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def open_the_first_result(self) -> None:
        self.hand.press(self.main.get_by_role("listitem").get_by_role("link").first)
        expect(self._start).to_be_visible()

    def start(self, username: str, password: str) -> None:
        """Starting asks who she is, once, and leads back to where she was."""
        self.hand.press(self._start)
        self.page.wait_for_url(AFTER_START)
        name = self.main.get_by_label("用户名")
        if name.is_visible():
            self.hand.write(name, username)
            self.hand.write(self.main.get_by_label("密码"), password)
            self.hand.press(self.main.get_by_role("button", name="登录"))
            self.hand.press(self._start)

    def fill(self) -> str:
        """The form is there, filled from what government holds. Gives the draft's number."""
        self.page.wait_for_url(DRAFT)
        for label, text in FORM.items():
            self.hand.write(self.main.get_by_label(label), text)
        self.hand.press(self.main.get_by_role("checkbox", name=STATEMENT))
        self.hand.press(self.main.get_by_role("button", name="下一步"))
        expect(self._submit).to_be_visible()
        return self._number()

    def submit(self) -> str:
        self.hand.press(self._submit)
        self.page.wait_for_url(CASE)
        number = self._number()
        expect(self.main).to_contain_text(number)
        return number

    def _number(self) -> str:
        found = NUMBER.search(self.page.url)
        assert found is not None
        return found[1]

    @property
    def _start(self) -> Locator:
        """A button; for somebody not signed in a link, because posting comes after."""
        as_link = self.main.get_by_role("link", name="开始申请")
        return as_link.or_(self.main.get_by_role("button", name="开始申请")).first

    @property
    def _submit(self) -> Locator:
        return self.main.get_by_role("button", name="提交申请")


def walk(page: Page, hand: Hand, username: str, password: str) -> str:
    """Search in her words, guide, login, form, submit, track. Gives the case's number."""
    journey = Journey(page, hand)
    journey.search(WORDS)
    journey.open_the_first_result()
    journey.start(username, password)
    journey.fill()
    return journey.submit()
