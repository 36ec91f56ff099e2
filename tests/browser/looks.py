"""What every page owes to every visitor, as questions to the page that is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

ELDER = """() => {
  document.documentElement.toggleAttribute('data-elder', true)
  for (const button of document.querySelectorAll('form[action="/elder/"] button')) {
    button.classList.add('on'); button.lastChild.textContent = '返回标准版'
  }
  document.getAnimations().forEach(change => change.finish())  // colours on their way are no one's
}"""
TARGET, ELDER_TARGET = 44, 60  # px, DESIGN.md section 3
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What bigger letters and buttons may change; all else was asked of the same page in normal mode.
OF_LAYOUT = ["color-contrast", "scrollable-region-focusable", "target-size"]
# The dear rules of axe are half of its time: whether they can find anything is asked beforehand.
# Contrast follows from how letters look and from what lies behind them, so one of each kind tells;
# what is lifted out of the flow may lie on anything, and is a kind by its names too. Targets are in
# order if no two meet, each thought to be 24 px at least; and so is what scrolls and takes keys.
KINDS = """() => {
  const clear = 'rgba(0, 0, 0, 0)', styles = new Map(), behinds = new Map(), names = e =>
    e === document.documentElement ? '' : `${names(e.parentElement)}>${e.tagName}.${e.className}`
  const style = e => styles.get(e) ?? (styles.set(e, getComputedStyle(e)), styles.get(e))
  const behind = e => {
    if (!e) return ''
    if (!behinds.has(e)) {
      const s = style(e), own = [s.backgroundColor === clear ? '' : s.backgroundColor,
        s.backgroundImage === 'none' ? '' : s.backgroundImage, s.opacity === '1' ? '' : s.opacity,
        s.filter === 'none' ? '' : s.filter, s.position === 'static' || s.position === 'relative'
          ? '' : s.position + names(e)].join('')
      behinds.set(e, behind(e.parentElement) + (own && `/${own}`))
    }
    return behinds.get(e)
  }
  const shown = [...document.querySelectorAll('body, body *')]
    .filter(e => e.getBoundingClientRect().width > 1)  // what only a screen reader reads is smaller
  window.kinds = new Map()
  for (const e of shown) {
    const text = [...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data)
    // One character alone is never decided by axe; a box to tick has none.
    if (text.join('').trim().length < 2 &&
      !e.matches('input:not([type=checkbox], [type=radio]), select, textarea')) continue
    const s = style(e), kind = [s.color, s.fontSize, s.fontWeight, s.textShadow,
      e.matches(':disabled, [aria-disabled=true]'), behind(e)].join()
    window.kinds.set(kind, [...window.kinds.get(kind) ?? [], e])
  }
  const grown = (from, size) => [from + size / 2 - Math.max(size, 24) / 2, Math.max(size, 24)]
  const targets = shown.filter(e => e.matches('a[href], area[href], button, input, select,' +
    'textarea, summary, [tabindex]:not([role=region])')).map(e => {
    const box = e.getBoundingClientRect()
    return [...grown(box.left, box.width), ...grown(box.top, box.height)]
  })
  const meet = ([x, w, y, h], [x2, w2, y2, h2]) =>
    x < x2 + w2 - 0.5 && x2 < x + w - 0.5 && y < y2 + h2 - 0.5 && y2 < y + h - 0.5
  return {
    kinds: [...window.kinds.keys()],
    crowded: targets.some((one, at) => targets.slice(at + 1).some(other => meet(one, other))),
    scrolls: shown.some(e => (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight) &&
      /auto|scroll/.test(style(e).overflowX + style(e).overflowY) &&
      e.tabIndex < 0 && !e.querySelector('a[href], button, input, [tabindex="0"]')),
  }
}"""
AXE = """async only => {
  if (!only.values.length) return []
  const found = await axe.run(document, {
    runOnly: only, rules: only.rules, resultTypes: ['violations'], preload: false, selectors: false
  })
  return found.violations.map(v => `${v.id}: ${v.help}: ` +
    v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))
}"""
# Only what axe could decide is known from then on: letters over a picture are asked each time.
CONTRAST = """async kinds => {
  const of = new Map(kinds.flatMap(kind => window.kinds.get(kind).map(e => [e, kind])))
  of.forEach((_, e) => e.toggleAttribute('data-unknown', true))
  axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-unknown]' }] })
  const told = await axe.run(document, {
    runOnly: { type: 'rule', values: ['color-contrast'] },
    elementRef: true, preload: false, selectors: false
  })
  of.forEach((_, e) => e.toggleAttribute('data-unknown', false))
  const nodes = result => result.flatMap(rule => rule.nodes)
  return {
    faults: nodes(told.violations).slice(0, 3).map(n => `color-contrast: ${n.html.slice(0, 160)}`),
    passed: [...new Set(nodes(told.passes).map(n => of.get(n.element)))],
  }
}"""
# All that is cheap to answer, in one question: the way to the page and back costs more than each.
# Drawn charts and maps follow the width of the page with its next frames; all else at once.
LOOK = """async least => {
  const all = chosen => [...document.querySelectorAll(chosen)]
  if (document.querySelector('[data-chart], .mapwrap')) await new Promise(
    done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))
  const root = document.documentElement, wide = root.clientWidth
  const sticksOut = () => {
    if (root.scrollWidth <= wide) return []
    const seen = all('body *').filter(e => !e.closest('.scroll,.nav') &&
      e.getBoundingClientRect().right > wide + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120))
    return seen.length ? seen : [`something unseen: ${root.scrollWidth} px`]
  }
  return {
    title: document.title, lang: root.lang, h1: all('h1').map(h => h.textContent.trim()),
    styled: all('[style]')
      .filter(e => !e.closest('[data-chart],[data-picture],.areas,.mapwrap,[data-width]')).length,
    stopped: window.stopped, wide: sticksOut(),
    small: all('main .btn, main button, .util button, .util a, .nav a')
      .filter(e => e.offsetParent && e.getBoundingClientRect().height < least - 0.5)
      .map(e => `${Math.round(e.getBoundingClientRect().height)} px: ${e.textContent.trim()}`),
  }
}"""
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
    height: int = 844

    def __str__(self) -> str:
        return f"{'elder' if self.elder else 'normal'} {self.width} px"


class Looks:
    """All looks of a run: a kind of letters that axe found in order is not asked of it again."""

    def __init__(self) -> None:
        self._in_order = set[str]()

    def unfit(self, page: Page, screen: Screen) -> list[str]:
        """What axe finds: all rules in normal mode, in elder mode those of layout alone."""
        told: dict[str, Any] = page.evaluate(KINDS)
        asked = {"scrollable-region-focusable": told["scrolls"], "target-size": told["crowded"]}
        only: dict[str, Any] = {
            "type": "tag",
            "values": TAGS,
            "rules": {rule: {"enabled": asked.get(rule, False)} for rule in OF_LAYOUT},
        }
        if screen.elder:
            only = {
                "type": "rule",
                "values": [rule for rule, is_asked in asked.items() if is_asked],
            }
        found = page.evaluate(AXE, only) + self._pale(page, told["kinds"])
        return [f"{screen}: axe: {one}" for one in found]

    def look(self, page: Page, screens: Sequence[Screen], *, is_dense: bool = False) -> list[str]:
        """The open page on each of these; on the last of them axe and the focus are asked too."""
        faults = [one for screen in screens for one in faults_of(page, screen, is_dense=is_dense)]
        return faults + self.unfit(page, screens[-1]) + unseen_focus(page, screens[-1])

    def _pale(self, page: Page, kinds: list[str]) -> list[str]:
        unknown = [kind for kind in kinds if kind not in self._in_order]
        if not unknown:
            return []
        told: dict[str, Any] = page.evaluate(CONTRAST, unknown)
        faults: list[str] = told["faults"]
        if not faults:
            self._in_order.update(told["passed"])
        return faults


def as_for_an_elder(page: Page) -> None:
    """What the server writes in elder mode and nothing else, which is held by a test of the portal:
    no page is loaded a second time for it."""
    page.evaluate(ELDER)


def faults_of(page: Page, screen: Screen, *, is_dense: bool = False) -> list[str]:
    """Everything on this screen that is wrong with the open page and needs no axe and no keys."""
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    least = 0 if is_dense else ELDER_TARGET if screen.elder else TARGET
    told: dict[str, Any] = page.evaluate(LOOK, least)
    faults = list[str]()
    if len(told["h1"]) != 1:
        faults.append(f"one h1 is wanted: {told['h1']}")
    if told["lang"] != "zh-CN" or len(told["title"]) < len("甲 · 蝶变"):
        faults.append(f"lang and title: {told['lang']}, {told['title']}")
    faults += [f"stopped by the policy: {one}" for one in told["stopped"]]
    if told["styled"]:
        faults.append(f"{told['styled']} inline styles")
    faults += [f"sticks out: {one}" for one in told["wide"]]
    faults += [f"small target {one}" for one in told["small"]]
    return [f"{screen}: {fault}" for fault in faults]


def unseen_focus(page: Page, screen: Screen) -> list[str]:
    page.keyboard.press("Tab")
    return [f"{screen}: focus cannot be seen: {one}" for one in page.evaluate(UNSEEN_FOCUS)]
