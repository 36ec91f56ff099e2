"""What every page owes to every visitor, as questions to the page that is open."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

ELDER = """() => {
  document.documentElement.toggleAttribute('data-elder', true)
  for (const button of document.querySelectorAll('form[action="/elder/"] button')) {
    button.classList.add('on'); button.lastChild.textContent = '返回标准版'
  }
}"""
TARGET, ELDER_TARGET = 44, 60  # px, DESIGN.md section 3
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What bigger letters and buttons may change; all else was asked of the same page in normal mode.
OF_LAYOUT = ["color-contrast", "scrollable-region-focusable", "target-size"]
AXE = """async only => (await axe.run(document, {
  runOnly: only, resultTypes: ['violations']
})).violations.map(v => `${v.id}: ${v.help}: ` +
  v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))"""
FACTS = """() => ({
  title: document.title, lang: document.documentElement.lang,
  h1: [...document.querySelectorAll('h1')].map(h => h.textContent.trim()),
  styled: [...document.querySelectorAll('[style]')].filter(e => !e.closest('[data-chart],.areas,' +
    '.mapwrap,[data-width]')).length,
  stopped: window.stopped,
})"""
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= wide) return []
  const seen = [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll,.nav') &&
    e.getBoundingClientRect().right > wide + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120))
  return seen.length ? seen : [`something unseen: ${document.documentElement.scrollWidth} px`]
}"""
TOO_SMALL = """least => [...document.querySelectorAll(
    'main .btn, main button, .util button, .util a, .nav a')]
  .filter(e => e.offsetParent && e.getBoundingClientRect().height < least - 0.5)
  .map(e => `${Math.round(e.getBoundingClientRect().height)} px: ${e.textContent.trim()}`)"""
FRAMES = """() => document.querySelector('[data-chart], .mapwrap') && new Promise(
  done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))"""
# After a key press, focus by script counts as focus by keyboard.
UNSEEN_FOCUS = """() => {
  const line = (style, width, color) => style === 'none' ? '' : style + width + color
  const drawn = e => { const d = e.querySelector('path'), s = d && getComputedStyle(d)
    return s && s.stroke + s.strokeWidth }  // an area of a map has no box
  const look = e => { const s = getComputedStyle(e); return [drawn(e),
    line(s.outlineStyle, s.outlineWidth, s.outlineColor), s.boxShadow, s.backgroundColor,
    line(s.borderTopStyle, s.borderTopWidth, s.borderTopColor)].join() }
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary,' +
    '[tabindex="0"]')].filter(e => e.getClientRects().length && e.type !== 'hidden' && !e.disabled)
  return all.filter(e => {
    document.activeElement.blur(); const before = look(e); e.focus()
    return document.activeElement === e && look(e) === before
  }).slice(0, 3).map(e => e.outerHTML.slice(0, 120))
}"""


@dataclass(frozen=True)
class Screen:
    elder: bool
    width: int

    def __str__(self) -> str:
        return f"{'elder' if self.elder else 'normal'} {self.width} px"


def resized(page: Page, screen: Screen, *, height: int = 844) -> Screen:
    """Drawn charts and maps follow the width of the page with its next frames; all else at once."""
    page.set_viewport_size({"width": screen.width, "height": height})
    page.evaluate(FRAMES)
    return screen


def as_for_an_elder(page: Page) -> None:
    """What the server writes in elder mode and nothing else, which is held by a test of the portal:
    no page is loaded a second time for it."""
    page.evaluate(ELDER)


def unfit(page: Page, screen: Screen) -> list[str]:
    """What axe finds. Half of the time of all looks: asked once in each mode, not on each width."""
    by_tag, by_rule = {"type": "tag", "values": TAGS}, {"type": "rule", "values": OF_LAYOUT}
    found = page.evaluate(AXE, by_rule if screen.elder else by_tag)
    return [f"{screen}: axe: {one}" for one in found]


def faults_of(page: Page, screen: Screen) -> list[str]:
    """Everything else that is wrong with the open page on this screen."""
    told: dict[str, Any] = page.evaluate(FACTS)
    faults = list[str]()
    if len(told["h1"]) != 1:
        faults.append(f"one h1 is wanted: {told['h1']}")
    if told["lang"] != "zh-CN" or len(told["title"]) < len("甲 · 蝶变"):
        faults.append(f"lang and title: {told['lang']}, {told['title']}")
    faults += [f"stopped by the policy: {one}" for one in told["stopped"]]
    if told["styled"]:
        faults.append(f"{told['styled']} inline styles")
    return [f"{screen}: {fault}" for fault in faults] + too_wide(page, screen)


def too_wide(page: Page, screen: Screen) -> list[str]:
    return [f"{screen}: sticks out: {one}" for one in page.evaluate(TOO_WIDE)]


def small_targets(page: Page, screen: Screen) -> list[str]:
    least = ELDER_TARGET if screen.elder else TARGET
    return [f"{screen}: small target {one}" for one in page.evaluate(TOO_SMALL, least)]


def unseen_focus(page: Page, screen: Screen) -> list[str]:
    page.keyboard.press("Tab")
    return [f"{screen}: focus cannot be seen: {one}" for one in page.evaluate(UNSEEN_FOCUS)]
