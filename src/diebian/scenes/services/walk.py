"""The journey, walked over HTTP as people walk it. Each step gives its evidence or fails."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from diebian.base.licences.public import verify_command

WAIT_SECONDS = 30
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ONCE = re.compile(r'name="once" value="([^"]+)"')
ADDRESS = re.compile(r"/licences/[0-9a-f-]+\.json")
VALUE = re.compile(r"<h1[^>]*>今日办件：(\d+)")


@dataclass(frozen=True)
class Step:
    name: str
    ok: bool
    evidence: str


class Browser:
    """Somebody at a screen: cookies, and the token of the page that was read last."""

    def __init__(self, address: str, username: str, password: str) -> None:
        self._line = httpx.Client(base_url=address, follow_redirects=True, timeout=20)
        self.post(
            "/accounts/login/", {"username": username, "password": password}, "/accounts/login/"
        )

    def get(self, path: str) -> str:
        answer = self._line.get(path)
        answer.raise_for_status()
        return answer.text

    def raw(self, path: str) -> bytes:
        answer = self._line.get(path)
        answer.raise_for_status()
        return answer.content

    def post(self, path: str, fields: dict[str, str], page: str) -> tuple[str, str]:
        """Where it led, and what it says there."""
        token = TOKEN.search(self.get(page))
        if token is None:
            raise AssertionError(f"{page} 上没有表单")
        answer = self._line.post(path, data={**fields, "csrfmiddlewaretoken": token[1]})
        answer.raise_for_status()
        return answer.url.path, answer.text


class Walk:
    def __init__(self, address: str, password: str) -> None:
        self.address, self.password = address, password
        self.case_no = self.guide = ""
        self.steps: list[Step] = []

    def run(self) -> bool:
        for name, step in (
            ("用自己的话找到事项", self._search),
            ("核对已填好的表并提交", self._apply),
            ("部门数据到齐，自动受理", self._accepted),
            ("公积金审核员准予", self._approve),
            ("决定书可离线验证", self._licence),
            ("谁查过我如实列出", self._reads),
            ("评价", self._rate),
            ("大屏的数字动了，能点开", self._wall),
        ):
            if not self._do(name, step):
                return False
        return True

    def _do(self, name: str, step: Callable[[], str]) -> bool:
        try:
            self.steps.append(Step(name, ok=True, evidence=step()))
        except (AssertionError, httpx.HTTPError) as error:
            self.steps.append(Step(name, ok=False, evidence=str(error) or repr(error)))
        return self.steps[-1].ok

    def _search(self) -> str:
        self.person = self._as("wangfang")
        page = self.person.get("/search/?q=买房提公积金")
        found = re.search(r'href="(/items/[^"]+)"><strong>(.+?)</strong>', page)
        assert found, "没有找到事项"  # noqa: S101  a step of the walk
        self.guide = found[1]
        return f"{re.sub('<[^>]+>', '', found[2])}，{found[1]}"

    def _apply(self) -> str:
        page = f"{self.guide}apply/"
        once = ONCE.search(self.person.get(page))
        assert once, "表格没有打开"  # noqa: S101
        sent = {"amount": "50000", "card_tail": "3021", "statement": "on", "once": once[1]}
        where, _ = self.person.post(page, sent, page)
        again, _ = self.person.post(page, sent, page)
        assert where == again, "同一张表提交两次成了两件"  # noqa: S101
        self.case_no = where.strip("/").split("/")[-1]
        return f"办件 {self.case_no}，没有上传任何材料；同一张表再交一次仍是这一件"

    def _accepted(self) -> str:
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            page = self.person.get(f"/cases/{self.case_no}/")
            if "正在审核" in page:
                due = re.search(r"最晚 <strong>([^<]+)", page)
                return f"最晚 {due[1] if due else '未知'}"
            time.sleep(0.3)
        raise AssertionError("一直没有受理")

    def _approve(self) -> str:
        officer = self._as("liugong")
        page = f"/desk/cases/{self.case_no}/"
        _, told = officer.post(f"{page}approve", {}, page)
        assert "已准予" in told, "没有准予"  # noqa: S101
        return "审核员看到房屋与账户信息，决定准予"

    def _licence(self) -> str:
        found = ADDRESS.search(self.person.get(f"/cases/{self.case_no}/"))
        assert found, "没有决定书"  # noqa: S101
        raw = self.person.raw(found[0])
        picture = self.person.raw(found[0].replace(".json", ".pdf"))
        assert picture.startswith(b"%PDF"), "决定书不是 PDF"  # noqa: S101
        with TemporaryDirectory() as folder:
            file = Path(folder) / "licence.json"
            file.write_bytes(raw)
            assert verify_command([str(file)]) == 0, "验证没有通过"  # noqa: S101
            file.write_bytes(raw.replace(b"50000.00", b"90000.00"))
            assert verify_command([str(file)]) == 1, "改过的也通过了"  # noqa: S101
        return f"{found[0]}：签名正确；改一个数即被发现；PDF {len(picture)} 字节"

    def _reads(self) -> str:
        page = self.person.get(f"/cases/{self.case_no}/")
        section = page.split("这件事里谁查过我")[1]
        count = section.count("用于")
        assert count == 2, f"应有 2 次查询，列出 {count} 次"  # noqa: S101, PLR2004
        return "2 次查询：不动产、公积金账户各一次"

    def _rate(self) -> str:
        page = f"/cases/{self.case_no}/"
        _, told = self.person.post(f"{page}rate", {"grade": "5"}, page)
        assert "谢谢您的评价" in told, "没有评上"  # noqa: S101
        return "非常满意，一件一次"

    def _wall(self) -> str:
        watcher = self._as("zhangduty")
        watcher.get("/brain/")
        page = watcher.get("/brain/figures/cases-today/")
        value = VALUE.search(page)
        assert value and self.case_no in page, "数字点不开到这一件"  # noqa: S101, PT018
        return f"今日办件 {value[1]} 件，点开有 {self.case_no}"

    def _as(self, username: str) -> Browser:
        return Browser(self.address, username, self.password)

    def told(self) -> dict[str, Any]:
        steps = [
            {"name": step.name, "ok": step.ok, "evidence": step.evidence} for step in self.steps
        ]
        return {"steps": steps, "case_no": self.case_no, "address": self.address}
