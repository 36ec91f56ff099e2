"""DMN files for tests, written short."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

SPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def file(*parts: str) -> bytes:
    told = "\n".join(parts)
    head = f'<definitions xmlns="{SPACE}" id="f" name="样例" namespace="n">'
    return f"{head}\n{told}\n</definitions>".encode()


def given(name: str, type_: str = "") -> str:
    typed = f' typeRef="{type_}"' if type_ else ""
    return f'<inputData id="i-{name}" name="{name}"><variable name="{name}"{typed}/></inputData>'


def decision(name: str, logic: str, needs: Sequence[str] = (), type_: str = "") -> str:
    """`needs`: ids, of which the first letter says what they are of: i, d or k."""
    kinds = {"i": ("information", "Input"), "d": ("information", "Decision"),
             "k": ("knowledge", "Knowledge")}  # fmt: skip
    told = "".join(
        f'<{kinds[key[0]][0]}Requirement><required{kinds[key[0]][1]} href="#{key}"/>'
        f"</{kinds[key[0]][0]}Requirement>"
        for key in needs
    )
    typed = f' typeRef="{type_}"' if type_ else ""
    return (
        f'<decision id="d-{name}" name="{name}"><variable name="{name}"{typed}/>{told}{logic}'
        "</decision>"
    )


def literal(text: str) -> str:
    return f"<literalExpression>{_text(text)}</literalExpression>"


def knowledge(name: str, parameters: Sequence[str], logic: str) -> str:
    told = "".join(f'<formalParameter name="{one}"/>' for one in parameters)
    return (
        f'<businessKnowledgeModel id="k-{name}" name="{name}"><variable name="{name}"/>'
        f"<encapsulatedLogic>{told}{logic}</encapsulatedLogic></businessKnowledgeModel>"
    )


def table(
    rows: Sequence[str],
    *,
    asks: Sequence[str] = ("a",),
    gives: Sequence[str] = ("",),
    policy: str = "UNIQUE",
    aggregation: str = "",
    order: str = "",
    default: str = "",
    allowed: str = "",
) -> str:
    """Rows as people write them: cells between bars, inputs first."""
    more = f' aggregation="{aggregation}"' if aggregation else ""
    within = f"<inputValues>{_text(allowed)}</inputValues>" if allowed else ""
    inputs = "".join(
        f'<input label="{one}"><inputExpression>{_text(one)}</inputExpression>{within}</input>'
        for one in asks
    )
    inner = f"<outputValues>{_text(order)}</outputValues>" if order else ""
    inner += f"<defaultOutputEntry>{_text(default)}</defaultOutputEntry>" if default else ""
    outputs = "".join(f'<output name="{one}">{inner}</output>' for one in gives)
    rules = "\n".join(_rule(number, row, len(asks)) for number, row in enumerate(rows, 1))
    return (
        f'<decisionTable id="t" hitPolicy="{policy}"{more}>{inputs}{outputs}\n{rules}'
        "</decisionTable>"
    )


def asked(rows: Sequence[str], *, asks: Sequence[str] = ("a",), **more: object) -> bytes:
    """A file of one table over inputs named like its columns."""
    needs = [f"i-{one}" for one in asks]
    told = table(rows, asks=asks, **more)  # type: ignore[arg-type]
    return file(*map(given, asks), decision("判定", told, needs))


def _rule(number: int, row: str, inputs: int) -> str:
    cells = [one.strip() for one in row.split("|")]
    told = "".join(f"<inputEntry>{_text(one)}</inputEntry>" for one in cells[:inputs])
    told += "".join(f"<outputEntry>{_text(one)}</outputEntry>" for one in cells[inputs:])
    return f'<rule id="r{number}">{told}</rule>'


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"
