"""The form by which a mandate is written, as both the person's and the clerk's page show it."""

from typing import Any, TypeVar

from diebian.kernel.errors import DiebianError
from diebian.standards.mandates import RELATIVE

from . import matters
from .forms import MandateForm

Form = TypeVar("Form", bound=MandateForm)


def form_of(kind: type[Form], sent: Any) -> Form:
    """Without a script: `find` only looks for matters, and keeps what was written."""
    is_finding = sent is not None and "find" in sent
    return kind(None if is_finding else sent, initial=sent.dict() if sent else None)


def page_of(form: MandateForm, sent: Any, words: str = "") -> dict[str, Any]:
    chosen = matters.named(sent.getlist("matter") if sent else [])
    words = sent.get("words", "") if sent else words
    codes = {one.code for one in chosen}
    return {
        "form": form,
        "chosen": chosen,
        "words": words,
        "found": [one for one in matters.found(words) if one.code not in codes],
        "bodies": matters.fields(),
        "body": sent.get("field", "") if sent else "",
        "bounds": RELATIVE,
    }


def tell(form: MandateForm, fault: DiebianError) -> None:
    """What an action refuses stands at the field that it is about."""
    for name, sentences in fault.fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
    if not fault.fields:
        form.add_error("id_number", fault.on_form)
