"""Somebody at a screen: cookies, and the token of the page that was read last."""

import re
from collections.abc import Mapping
from typing import Self

import httpx

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE_SECONDS = 30


class StepFailed(Exception):
    """What the walk expected and did not find, in a sentence."""


class Browser:
    def __init__(self, address: str) -> None:
        self._line = httpx.Client(base_url=address, follow_redirects=True, timeout=PATIENCE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def sign_in(self, username: str, password: str) -> None:
        where, _ = self.post(
            "/accounts/login/", {"username": username, "password": password}, "/accounts/login/"
        )
        if where.startswith("/accounts/login"):
            raise StepFailed(f"{username} 没有登录成功")

    def get(self, path: str) -> str:
        answer = self._line.get(path)
        answer.raise_for_status()
        return answer.text

    def raw(self, path: str) -> bytes:
        answer = self._line.get(path)
        answer.raise_for_status()
        return answer.content

    def status(self, path: str) -> int:
        return self._line.get(path).status_code

    def post(self, path: str, fields: Mapping[str, str], page: str) -> tuple[str, str]:
        """Where it led, and what it says there."""
        answer = self._sent(path, fields, page)
        answer.raise_for_status()
        return answer.url.path, answer.text

    def send(self, path: str, fields: Mapping[str, str]) -> tuple[str, str]:
        """As `post`, without reading the page of the form first."""
        token = self._line.cookies["csrftoken"]
        answer = self._line.post(path, data=dict(fields), headers={"x-csrftoken": token})
        answer.raise_for_status()
        return answer.url.path, answer.text

    def refused(self, path: str, fields: Mapping[str, str], page: str) -> str:
        """The page of a refusal; a post that goes through is the failure here."""
        answer = self._sent(path, fields, page)
        if answer.status_code < httpx.codes.BAD_REQUEST:
            raise StepFailed(f"{path} 本应被拒绝")
        return answer.text

    def _sent(self, path: str, fields: Mapping[str, str], page: str) -> httpx.Response:
        token = TOKEN.search(self.get(page))
        if token is None:
            raise StepFailed(f"{page} 上没有表单")
        return self._line.post(path, data={**fields, "csrfmiddlewaretoken": token[1]})
