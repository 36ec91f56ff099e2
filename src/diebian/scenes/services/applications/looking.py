"""Somebody else's application on a page: who it is for is shown, who looked is written down."""

from dataclasses import replace
from typing import Any

from diebian.scenes.services.behalf import reader
from diebian.scenes.services.themes.models import Application
from diebian.security.identity.public import Actor, subject_of
from diebian.security.tracker.public import record_page_read

from . import behalf, policy

SHOWN = ["姓名", "证件号码（遮挡）", "手机号（遮挡）", "填的表", "材料", "办到哪一步"]


def look_at(*, of: Application, page: str, by: Actor) -> None:
    """Before the page is made: whoever is not the applicant stands in 谁查过我."""
    if policy.is_applicant(by, of):
        return
    record_page_read(
        by=replace(by, name=reader(by)) if by.is_person else by,
        subject=subject_of(of.applicant_key),
        purpose=of.theme.name,
        case_no=of.number,
        resource=page,
        columns=SHOWN,
    )


def frame_of(of: Application, by: Actor) -> dict[str, Any]:
    """What each page of it says at its head."""
    standing = behalf.standing_in(by, of)
    return {
        "application": of,
        "standing": standing,
        "is_mine": policy.is_applicant(by, of),
        "is_for_other": standing is not None or of.is_at_window,
    }
