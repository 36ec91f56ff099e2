"""Finding entries by word, pinyin initials and synonym, the best first.

`search_text` holds title and items in small letters, the title in its first line. `strpos` looks
through it: it needs no extension and no locale, so that any PostgreSQL answers alike, and through
Chinese it is several times quicker than LIKE (ADR 8).
"""

from collections.abc import Sequence

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Length, StrIndex
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from diebian.security.identity.public import departments_named

from .models import Entry, Synonym

MOST_TERMS, MOST_VARIANTS = 5, 12
FIRST, IN_TITLE, LIKE_TITLE, IN_ITEMS, LIKE_ITEMS, OF_DEPARTMENT = range(6)


def matching(entries: QuerySet[Entry], words: str) -> QuerySet[Entry]:
    """Each term must be found somewhere; `rank` says how well, nought is best."""
    rank: Combinable = Value(0)
    for term in words.lower().split()[:MOST_TERMS]:
        others = variants(term)
        letters = term if term.isascii() and term.isalnum() else ""
        wanted = Q(_has("search_text", term)) | Q(provider__in=departments_named(term))
        for other in others:
            wanted |= Q(_has("search_text", other))
        if letters:
            wanted |= Q(_has("initials", letters))
        entries = entries.filter(wanted)
        rank = rank + _rank(term, others, letters)
    return entries.annotate(rank=rank)


def variants(term: str) -> Sequence[str]:
    """The term with each word of it that has synonyms replaced by each of them."""
    inside = Synonym.objects.alias(place=StrIndex(Value(term), "word")).filter(place__gt=0)
    found = []
    for word, group in inside.order_by("pk").values_list("word", "group"):
        others = Synonym.objects.filter(group=group).exclude(word=word).order_by("pk")
        found += [term.replace(word, other) for other in others.values_list("word", flat=True)]
    return [one for one in dict.fromkeys(found) if one != term][:MOST_VARIANTS]


def _rank(term: str, others: Sequence[str], letters: str) -> Combinable:
    """What is found by none of these is found by its department."""
    like_title = like_items = Q(pk__in=[])
    for other in others:
        like_title |= Q(_in_title(other))
        like_items |= Q(_has("search_text", other))
    if letters:
        like_title |= Q(_has("initials", letters))
    return Case(
        When(Q(search_text__startswith=term), then=Value(FIRST)),
        When(Q(_in_title(term)), then=Value(IN_TITLE)),
        When(like_title, then=Value(LIKE_TITLE)),
        When(Q(_has("search_text", term)), then=Value(IN_ITEMS)),
        When(like_items, then=Value(LIKE_ITEMS)),
        default=Value(OF_DEPARTMENT),
        output_field=IntegerField(),
    )


def _has(column: str, word: str) -> GreaterThan:
    return GreaterThan(StrIndex(F(column), Value(word)), Value(0))


def _in_title(word: str) -> Q:
    """Its first place is within the first line."""
    return Q(_has("search_text", word)) & Q(
        LessThanOrEqual(StrIndex(F("search_text"), Value(word)), Length("title"))
    )
