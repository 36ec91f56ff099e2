"""Opening's door: open data as everybody sees it, what the public asks for, and opening itself."""

from .actions import agree, propose, publish, withdraw
from .asks import answer, ask, assign, join
from .columns import How
from .models import Outcome
from .offers import MEDIA
from .policy import may_answer, may_ask, may_assign
from .quality import Quality, QualitySource, quality_of, quality_sources
from .refusals import (
    AlreadyAnswered,
    NotReady,
    QuestionWrong,
    ReasonMissing,
    SaysPersonal,
)
from .rows import Page, page_of
from .samples import open_samples
from .shelf import pieces, place_of
from .shown import (
    File,
    Open,
    Released,
    count_download,
    downloads_of,
    is_still_open,
    open_dataset,
    open_datasets,
    released,
    releases_of,
)
from .wanted import Asked, alike, has_joined, request_of, requests

__all__ = [
    "MEDIA",
    "AlreadyAnswered",
    "Asked",
    "File",
    "How",
    "NotReady",
    "Open",
    "Outcome",
    "Page",
    "Quality",
    "QualitySource",
    "QuestionWrong",
    "ReasonMissing",
    "Released",
    "SaysPersonal",
    "agree",
    "alike",
    "answer",
    "ask",
    "assign",
    "count_download",
    "downloads_of",
    "has_joined",
    "is_still_open",
    "join",
    "may_answer",
    "may_ask",
    "may_assign",
    "open_dataset",
    "open_datasets",
    "open_samples",
    "page_of",
    "pieces",
    "place_of",
    "propose",
    "publish",
    "quality_of",
    "quality_sources",
    "released",
    "releases_of",
    "request_of",
    "requests",
    "withdraw",
]
