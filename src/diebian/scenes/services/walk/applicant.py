"""A person's part of the journey: open, fill, submit. For the walk, the bench and crash tests."""

from collections.abc import Mapping

from .browser import Browser


class Applicant:
    def __init__(self, browser: Browser, guide: str, form: Mapping[str, str]) -> None:
        self.browser, self.guide, self._form = browser, guide, form

    def open(self) -> tuple[str, str]:
        """The number of the new draft, and the filled form."""
        where, page = self.browser.send(f"{self.guide}apply/", {})
        return where.strip("/").split("/")[1], page

    def fill(self, case_no: str) -> None:
        self.browser.send(f"/cases/{case_no}/form/", {**self._form, "statement": "on"})

    def submit(self, case_no: str) -> tuple[str, str]:
        """Where it led, and the tracking page."""
        return self.browser.send(f"/cases/{case_no}/check/", {})
