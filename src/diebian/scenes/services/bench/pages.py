"""`./diebian bench pages`: how long somebody with a weak phone waits for each page of the journey.

A real browser at phone width, its processor slowed four times, in normal and in elder mode: from
the click until the page is loaded and its largest piece is painted. The limit is the emptiest
answer in the same browser.
"""

import os
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from diebian.cloud.runtime.public import Installation
from diebian.kernel.chromium import chromium
from diebian.scenes.services.walk.script import Script, script_of
from diebian.standards.profile import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SLOWED, WIDTH, HEIGHT = 4, 390, 844
TARGET_MS = 2000
WAITED = """() => new Promise(done => {
  let painted = 0
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) painted = Math.max(painted, one.startTime)
  }).observe({type: 'largest-contentful-paint', buffered: true})
  setTimeout(() => done(Math.max(painted,
    performance.getEntriesByType('navigation')[0].loadEventEnd)), 100)
})"""
Timed = tuple[str, float]  # the page, milliseconds


def run(quick: bool) -> Mapping[str, object]:
    home = Installation(Path(os.environ["DIEBIAN_DATA"]))
    script = script_of(load(Path(os.environ["DIEBIAN_CITY"])))
    port = next(one["port"] for one in home.told()["processes"] if one["name"] == "web")
    turns = 2 if quick else 10
    with TemporaryDirectory() as folder, chromium(Path(folder)) as browser:
        sides = {
            mode: _walked(browser, f"http://127.0.0.1:{port}", script, turns, is_elder=is_elder)
            for mode, is_elder in (("normal", False), ("elder", True))
        }
    return _verdict(sides)


def _verdict(sides: Mapping[str, Sequence[Timed]]) -> Mapping[str, object]:
    empty = [took for side in sides.values() for page, took in side if page == "empty"]
    pages = {mode: [one for one in side if one[0] != "empty"] for mode, side in sides.items()}
    slowest = {mode: max(took for _, took in side) for mode, side in pages.items()}
    ours, limit = max(slowest.values()), statistics.median(empty)
    return {
        "name": "pages",
        "unit": f"ms until a page is there, the slowest, processor slowed {SLOWED} times",
        "ours": round(ours),
        "limit": round(limit),
        "ratio": round(limit / ours, 3),
        "peer": TARGET_MS,
        "peer_ratio": round(TARGET_MS / ours, 2),
        "peer_is": "the target of the issue in ms",
        **{mode: {"slowest": round(slowest[mode]), **_medians(side)}
           for mode, side in pages.items()},
        "is_reached": ours < TARGET_MS,
    }  # fmt: skip


def _medians(side: Sequence[Timed]) -> dict[str, int]:
    names = dict.fromkeys(page for page, _ in side)
    return {name: round(statistics.median(took for page, took in side if page == name))
            for name in names}  # fmt: skip


def _walked(
    browser: "Browser", address: str, script: Script, turns: int, *, is_elder: bool
) -> list[Timed]:
    context = browser.new_context(
        base_url=address, viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN"
    )
    if is_elder:
        context.add_cookies([{"name": "elder", "value": "1", "url": address}])
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    told = [_signed_in(page, script)]
    for _ in range(turns):
        told += _journey(page, script)
    context.close()
    return told


def _signed_in(page: "Page", script: Script) -> Timed:
    page.goto("/accounts/login/")
    page.get_by_label("用户名").fill(script.person)
    page.get_by_label("密码").fill(script.password)
    return _pressed(page, "signed in", page.locator("main").get_by_role("button", name="登录"))


def _journey(page: "Page", script: Script) -> Iterator[Timed]:
    main = page.get_by_role("main")
    yield _opened(page, "empty", "/healthz")
    yield _opened(page, "home", "/")
    yield _opened(page, "search", f"/search/?q={script.search}")
    yield _pressed(page, "guide", main.get_by_role("listitem").get_by_role("link").first)
    yield _pressed(page, "form", main.get_by_role("button", name="开始申请").first)
    for name, text in script.form.items():
        main.locator(f"[name={name}]").fill(text)
    main.locator("[name=statement]").check()
    yield _pressed(page, "check", main.get_by_role("button", name="下一步"))
    yield _pressed(page, "track", main.get_by_role("button", name="提交申请"))
    yield _opened(page, "my cases", "/me/cases/")
    yield _opened(page, "who read", "/me/reads/")


def _opened(page: "Page", name: str, path: str) -> Timed:
    page.goto(path)
    return name, float(page.evaluate(WAITED))


def _pressed(page: "Page", name: str, what: "Locator") -> Timed:
    with page.expect_navigation():
        what.click()
    return name, float(page.evaluate(WAITED))
