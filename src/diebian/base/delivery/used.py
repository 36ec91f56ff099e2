"""What the exchange's pages tell of our uses: a batch, a download, what is taken of a volume."""

from django.urls import reverse

from diebian.base.catalogue.public import resource
from diebian.base.exchange.public import GrantTerms, UseBook, Used, terms_of

from .models import DeliveryRun, Download
from .runs import USE_OF_FILE, USE_OF_TABLE
from .volume import used_by


def _tell(kind: int, number: int) -> Used | None:
    if kind == USE_OF_TABLE:
        return _batch(number)
    return _download(number) if kind == USE_OF_FILE else None


def _batch(number: int) -> Used | None:
    run = DeliveryRun.objects.select_related("delivery").filter(pk=number).first()
    if run is None:
        return None
    terms = terms_of(run.delivery.grant_id)
    return Used(
        by=run.started_by,
        purpose=terms.purpose,
        columns=_names(terms),
        amount=f"写入 {run.written} 行，删除 {run.removed} 行",
        link=reverse("delivery:delivery", args=[run.delivery.public_id]),
    )


def _download(number: int) -> Used | None:
    got = Download.objects.filter(pk=number).first()
    if got is None:
        return None
    terms = terms_of(got.grant_id)
    size = f"{got.size} 字节"
    return Used(
        by=got.by_name,
        purpose=f"{terms.purpose}；这一次：{got.purpose}",
        columns=_names(terms),
        amount=size if got.rows is None else f"{got.rows} 行，{size}",
        link=reverse("exchange:request", args=[terms.request]),
    )


def _names(terms: GrantTerms) -> tuple[str, ...]:
    """As the terms are now."""
    names = {one.column: one.name for one in resource(terms.resource).columns}
    return tuple(names.get(one, one) for one in terms.columns)


BOOK = UseBook(slug="delivery", tell=_tell, used=used_by)
