"""The steps in the order of the day. A later one needs the earlier: one failure ends the walk."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx

from diebian.cloud.runtime.public import Installation

from .applicant import Applicant
from .browser import Browser, StepFailed
from .papers import check_papers
from .script import Script

WAIT_SECONDS = 60
GUIDE = re.compile(r'href="(/items/[^"]+)"><strong>(.+?)</strong>')
TAG = re.compile(r"<[^>]+>")
DUE = re.compile(r"最晚 <strong>([^<]+)")
LICENCE = re.compile(r"/licences/[0-9a-f-]+\.json")
VALUE = re.compile(r'data-value="(\d+)"')


@dataclass(frozen=True)
class Step:
    name: str
    ok: bool
    evidence: str


class Walk:
    def __init__(self, address: str, home: Installation, script: Script) -> None:
        self.address, self.home, self.script = address, home, script
        self.case_no = self.guide = self.second_case = ""
        self.figures: dict[str, int] = {}
        self.calls = 0  # departments asked by this walk
        self.steps: list[Step] = []
        self._browsers = ExitStack()

    def run(self) -> bool:
        with self._browsers:
            return self._run()

    def _run(self) -> bool:
        for name, step in (
            ("用自己的话找到事项", self._search),
            ("点开始，表已经填好", self._open),
            ("核对后提交，当场受理", self._submit),
            ("政府已有的，审核的人要不走", self._held),
            ("一次补正，时钟停，再走", self._supplement),
            ("审核的人准予", self._approve),
            ("决定书可离线验证", self._licence),
            ("谁查过我如实列出", self._reads),
            ("评价", self._rate),
            ("部门系统断了，先收下，恢复后自己办完", self._outage),
            ("大屏的数字动了，能点开", self._wall),
        ):
            if not self._do(name, step):
                return False
        return True

    def told(self) -> dict[str, Any]:
        steps = [
            {"name": step.name, "ok": step.ok, "evidence": step.evidence} for step in self.steps
        ]
        cases = [number for number in (self.case_no, self.second_case) if number]
        return {"steps": steps, "cases": cases, "case_no": self.case_no, "address": self.address}

    def _do(self, name: str, step: Callable[[], str]) -> bool:
        try:
            self.steps.append(Step(name, ok=True, evidence=step()))
        except (StepFailed, httpx.HTTPError) as error:
            self.steps.append(Step(name, ok=False, evidence=str(error) or repr(error)))
        return self.steps[-1].ok

    @cached_property
    def person(self) -> Browser:
        return self._as(self.script.person)

    @cached_property
    def applicant(self) -> Applicant:
        return Applicant(self.person, self.guide, self.script.form)

    @cached_property
    def reviewer(self) -> Browser:
        return self._as(self.script.reviewer)

    @cached_property
    def watcher(self) -> Browser:
        return self._as(self.script.watcher)

    @property
    def _case(self) -> str:
        return f"/cases/{self.case_no}/"

    @property
    def _desk(self) -> str:
        return f"/desk/cases/{self.case_no}/"

    def _search(self) -> str:
        self.figures = self._figures()
        page = self.person.get(f"/search/?q={self.script.search}")
        found = GUIDE.search(page)
        if found is None:
            raise StepFailed("没有找到事项")
        self.guide = found[1]
        return f"“{self.script.search}”→ {TAG.sub('', found[2])}，{found[1]}"

    def _open(self) -> str:
        before = self.person.get("/me/cases/")
        self.case_no, page = self.applicant.open()
        # A draft that somebody left open here was filled then; nobody is asked a second time.
        self.calls += 0 if self.case_no in before else self.script.asks
        filled = page.count(" 取得<")
        if "0 份要您交" not in page or filled == 0:
            raise StepFailed("表没有填好")
        return f"办件 {self.case_no}：部门已填 {filled} 项，0 份材料要交"

    def _submit(self) -> str:
        self.applicant.fill(self.case_no)
        where, _ = self.applicant.submit(self.case_no)
        again, page = self.applicant.submit(self.case_no)
        if where != again:
            raise StepFailed("同一张表提交两次成了两件")
        if "正在审核" not in page:
            raise StepFailed("没有当场受理")
        due = DUE.search(page)
        return f"最晚 {due[1] if due else '未知'}；再交一次仍是这一件"

    def _held(self) -> str:
        words = {"reason": f"请提供{self.script.held_material}"}
        page = self.reviewer.refused(f"{self._desk}supplement", words, self._desk)
        if "services.held_already" not in page:
            raise StepFailed("要了已有的材料，没有被拦下")
        return f"“{words['reason']}”被拦下：services.held_already"

    def _supplement(self) -> str:
        asked = {"reason": "请用一句话说明这笔钱的用途"}
        self.reviewer.post(f"{self._desk}supplement", asked, self._desk)
        if "时钟已停" not in self.person.get(self._case):
            raise StepFailed("时钟没有停")
        self.person.post(f"{self._case}supplement", {"answer": "买房首付"}, self._case)
        if "还剩" not in self.person.get(self._case):
            raise StepFailed("时钟没有接着走")
        page = self.reviewer.refused(f"{self._desk}supplement", asked, self._desk)
        if "services.supplemented_before" not in page:
            raise StepFailed("第二次补正没有被拦下")
        return "告知一次、补充一次；第二次补正被拦下：services.supplemented_before"

    def _approve(self) -> str:
        _, page = self.reviewer.post(f"{self._desk}approve", {}, self._desk)
        if "已准予" not in page:
            raise StepFailed("没有准予")
        if self._as(self.script.stranger).status(self._case) != httpx.codes.NOT_FOUND:
            raise StepFailed("别人看得到这个办件")
        return f"准予：{self.script.decision}；别人打开这个办件是 404"

    def _licence(self) -> str:
        found = LICENCE.search(self.person.get(self._case))
        if found is None:
            raise StepFailed("没有决定书")
        signed = self.person.raw(found[0])
        picture = self.person.raw(found[0].replace(".json", ".pdf"))
        return f"{found[0]}：{check_papers(signed, picture, self.home.data)}"

    def _reads(self) -> str:
        page = self.person.get(self._case).split("这件事里谁查过我")[1]
        asked = page.count("您本人申请时查询")
        if asked != self.script.asks:
            raise StepFailed(f"应有 {self.script.asks} 次部门查询，列出 {asked} 次")
        if "办件审核页" not in page:
            raise StepFailed("没有列出审核的人看过")
        return f"部门查询 {asked} 次，一项一次；审核的人打开过几次也写着"

    def _rate(self) -> str:
        _, page = self.person.post(f"{self._case}rate", {"grade": "5"}, self._case)
        if "谢谢您的评价" not in page:
            raise StepFailed("没有评上")
        return "非常满意，一件一次"

    def _outage(self) -> str:
        with self._held_down(self.script.falls_over):
            self.second_case, _ = self.applicant.open()
            self.calls += self.script.asks
            self.applicant.fill(self.second_case)
            place, page = self.applicant.submit(self.second_case)
            if "正等部门的系统恢复" not in page:
                raise StepFailed("没有说明在等部门系统")
        self._until(place, "正在审核", "恢复后没有自己受理")
        page = self.person.get(place).split("这件事里谁查过我")[1]
        if page.count("，用于") != self.script.asks:
            raise StepFailed("查询记录多了或少了")
        return f"办件 {self.second_case}：停用 {self.script.falls_over} 时收下，恢复后自己受理"

    def _wall(self) -> str:
        self._until_figures("calls-today", self.figures["calls-today"] + self.calls)
        now = self._figures()
        moved = {slug: now[slug] - before for slug, before in self.figures.items()}
        if moved["cases-today"] < 2 or moved["licences"] < 1:  # noqa: PLR2004
            raise StepFailed(f"数字没有动：{moved}")
        page = self.watcher.get("/brain/figures/cases-today/")
        if self.case_no not in page:
            raise StepFailed("数字点不开到这一件")
        told = "，".join(f"{slug} +{count}" for slug, count in moved.items())
        return f"{told}；点开有 {self.case_no}"

    def _figures(self) -> dict[str, int]:
        found = {}
        for slug in ("calls-today", "cases-today", "licences"):
            value = VALUE.search(self.watcher.get(f"/brain/figures/{slug}/"))
            if value is None:
                raise StepFailed(f"大屏上没有 {slug}")
            found[slug] = int(value[1])
        return found

    def _until_figures(self, slug: str, wanted: int) -> None:
        """The meter reads the gateway's log a moment later."""
        end = time.monotonic() + WAIT_SECONDS
        while self._figures()[slug] < wanted:
            if time.monotonic() > end:
                raise StepFailed(f"{slug} 没有到 {wanted}")
            time.sleep(0.2)

    def _until(self, place: str, words: str, otherwise: str) -> None:
        end = time.monotonic() + WAIT_SECONDS
        while words not in self.person.get(place):
            if time.monotonic() > end:
                raise StepFailed(otherwise)
            time.sleep(0.2)

    @contextmanager
    def _held_down(self, part: str) -> Iterator[None]:
        """The operator takes the part down; whatever happens, it comes back."""
        self.home.hold(part)
        try:
            self._until_health(part, "held")
            yield
        finally:
            self.home.release(part)

    def _until_health(self, part: str, wanted: str) -> None:
        end = time.monotonic() + WAIT_SECONDS
        while {one["name"]: one["health"] for one in self.home.told()["processes"]}[part] != wanted:
            if time.monotonic() > end:
                raise StepFailed(f"{part} 没有变成 {wanted}")
            time.sleep(0.1)

    def _as(self, username: str) -> Browser:
        browser = self._browsers.enter_context(Browser(self.address))
        browser.sign_in(username, self.script.password)
        return browser
