"""Finding entries by word, pinyin initials and synonym, the best first.

Small letters everywhere, and LIKE: it needs no extension and no locale, so that any PostgreSQL
answers alike. `search_text` holds the title in its first line and the items below (ADR 8).
"""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower

from .models import Entry, Synonym

MOST_TERMS, MOST_VARIANTS = 5, 12
FIRST, IN_TITLE, LIKE_TITLE, IN_ITEMS, LIKE_ITEMS, OF_DEPARTMENT = range(6)


def matching(entries: QuerySet[Entry], words: str) -> QuerySet[Entry]:
    """Each term must be found somewhere; `rank` says how well, nought is best."""
    terms = words.lower().split()[:MOST_TERMS]
    if not terms:
        return entries.annotate(rank=Value(0, IntegerField()))
    rank: Combinable = Value(0)
    entries = entries.annotate(small_title=Lower("title"))
    for term in terms:
        conditions = _conditions(term)
        wanted = Q(pk__in=[])
        for condition, _ in conditions:
            wanted |= condition
        entries = entries.filter(wanted)
        whens = [When(condition, then=Value(place)) for condition, place in conditions]
        rank = rank + Case(*whens, default=Value(OF_DEPARTMENT), output_field=IntegerField())
    return entries.annotate(rank=rank)


def variants(term: str) -> Sequence[str]:
    """The term with each word of it that has synonyms replaced by each of them."""
    groups = dict.fromkeys(
        Synonym.objects.extra(where=["strpos(%s, word) > 0"], params=[term]).values_list(
            "word", "group"
        )
    )
    found = []
    for word, group in groups:
        others = Synonym.objects.filter(group=group).exclude(word=word).order_by("pk")
        found += [term.replace(word, other) for other in others.values_list("word", flat=True)]
    return [one for one in dict.fromkeys(found) if one != term][:MOST_VARIANTS]


def _conditions(term: str) -> Sequence[tuple[Q, int]]:
    """Best first; what is found by none of the named places is found by its department."""
    like_title = like_items = Q(pk__in=[])
    for other in variants(term):
        like_title |= Q(small_title__contains=other)
        like_items |= Q(search_text__contains=other)
    if term.isascii() and term.isalnum():
        like_title |= Q(initials__contains=term)
    return [
        (Q(search_text__startswith=term), FIRST),
        (Q(small_title__contains=term), IN_TITLE),
        (like_title, LIKE_TITLE),
        (Q(search_text__contains=term), IN_ITEMS),
        (like_items, LIKE_ITEMS),
        (Q(provider__name__icontains=term), OF_DEPARTMENT),
    ]
