"""What was opened and renewed, as Atom, for whoever follows it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from diebian.base.directory.public import city
from diebian.base.opening.public import Open, Released, open_dataset, open_datasets, releases_of

MOST = 50


@require_safe
def all_changes(request: HttpRequest) -> HttpResponse:
    own = city()
    title = f"{own.name if own else ''}开放数据的更新"
    feed = _feed(request, title, reverse("open-data:datasets"))
    for one in [one for one in open_datasets() if one.release][:MOST]:
        assert one.release is not None  # noqa: S101  filtered above, for mypy
        _add(request, feed, one, one.release)
    return _answer(feed)


@require_safe
def changes(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    one = open_dataset(dataset_id)
    feed = _feed(request, f"{one.title}的更新", reverse("open-data:dataset", args=[one.id]))
    for release in releases_of(dataset_id, MOST):
        _add(request, feed, one, release)
    return _answer(feed)


def _feed(request: HttpRequest, title: str, page: str) -> Atom1Feed:
    return Atom1Feed(
        title=title,
        link=request.build_absolute_uri(page),
        description=title,
        language="zh-CN",
        feed_url=request.build_absolute_uri(request.path),
    )


def _add(request: HttpRequest, feed: Atom1Feed, one: Open, release: Released) -> None:
    link = request.build_absolute_uri(reverse("open-data:dataset", args=[one.id]))
    feed.add_item(
        title=f"{one.title}：第 {release.number} 批",
        link=link,
        description=f"{one.provider}，{release.rows} 行。{one.summary}",
        author_name=one.provider,
        unique_id=f"{link}#{release.number}",
        updateddate=release.made_at,
        pubdate=release.made_at,
    )


def _answer(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)
