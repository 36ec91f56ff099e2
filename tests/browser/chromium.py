"""A browser with axe, watched for what goes wrong unseen."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from diebian.kernel.chromium import NoBrowser
from diebian.kernel.chromium import chromium as found_chromium

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
# What the page's own policy stopped is told to nobody but this event.
WATCH = """window.stopped = []; document.addEventListener('securitypolicyviolation',
  e => window.stopped.push(`${e.violatedDirective}: ${e.blockedURI} ${e.sample}`))"""


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """Skips where there is no browser; on the machine that guards the branch that is a failure."""
    try:
        with found_chromium(folder) as browser:
            yield browser
    except NoBrowser as none:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up(f"{none}")


class Visitor:
    """One person at one screen, and everything that the browser complained about."""

    def __init__(self, browser: Browser, address: str, *, width: int, elder: bool = False) -> None:
        self.complaints = list[str]()
        self.context: BrowserContext = browser.new_context(
            base_url=address, viewport={"width": width, "height": 844}, locale="zh-CN"
        )
        if elder:
            self.context.add_cookies([{"name": "elder", "value": "1", "url": address}])
        self.context.add_init_script(WATCH)
        self.context.add_init_script(path=AXE)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{error}"))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda url: "/login/" not in url)


class Visitors(dict[str, Visitor]):
    """Each person signs in once, when first wanted; "" is nobody."""

    def __init__(self, browser: Browser, address: str, *, width: int, password: str) -> None:
        super().__init__()
        self._browser, self._address = browser, address
        self._width, self._password = width, password

    def __missing__(self, who: str) -> Visitor:
        visitor = self[who] = Visitor(self._browser, self._address, width=self._width)
        if who:
            visitor.sign_in(who, self._password)
        return visitor
