"""YAML and JSON with the line of every value, so that a fault can point at it.

Only what a person types into such a file is read: maps, lists, plain values. References (& and *)
and typed tags are refused, and a key given twice is told: the second would silently win.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .faults import Fault
from .text import read_text

Steps = tuple[str | int, ...]
DEEPEST = 20


@dataclass(frozen=True)
class Document:
    file: str
    data: Any = None
    lines: Mapping[Steps, int] = field(default_factory=dict)

    def line(self, *steps: str | int) -> int:
        """Of the value at `steps`, or of the nearest value around it."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)

    def fault(self, sentence: str, *steps: str | int) -> Fault:
        return Fault(self.file, self.line(*steps), sentence)


class _Reader:
    """One walk over the node tree: plain values and their lines."""

    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.name, self.faults = name, faults
        self.lines: dict[Steps, int] = {}
        self._values = yaml.SafeLoader("")
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, steps: Steps = ()) -> Any:
        self.lines.setdefault(steps, node.start_mark.line + 1)
        if id(node) in self._seen or len(steps) > DEEPEST:
            self._wrong(node, "请直接写出内容，不要用 & 和 * 引用，也不要嵌套过深")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._map(node, steps)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(part, (*steps, place)) for place, part in enumerate(node.value)]
        return self._plain(node)

    def _map(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for key_node, part in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not key or not isinstance(key, str):
                self._wrong(key_node, "这里应是一个名称加冒号")
                continue
            if key in told:
                self._wrong(key_node, f"“{key}”写了两次，只留一个")
            self.lines[*steps, key] = key_node.start_mark.line + 1
            told[key] = self.read(part, (*steps, key))
        return told

    def _plain(self, node: yaml.Node) -> Any:
        try:
            return self._values.construct_object(node)
        except (yaml.YAMLError, ValueError):
            self._wrong(node, f"看不懂这个值：{node.value}。是文字的话请加引号")
            return None

    def _wrong(self, node: yaml.Node, sentence: str) -> None:
        self.faults.append(Fault(self.name, node.start_mark.line + 1, sentence))


def read_yaml(file: Path, faults: list[Fault]) -> Document | None:
    text = read_text(file, faults)
    return None if text is None else _composed(file.name, text, faults)


def read_yaml_text(name: str, text: str, faults: list[Fault]) -> Document | None:
    """What a person typed on a page; `name` stands before the line of each fault."""
    return _composed(name, text.replace("\r\n", "\n"), faults)


def read_json(file: Path, faults: list[Fault]) -> Document | None:
    text = read_text(file, faults)
    if text is None:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        faults.append(Fault(file.name, line, "不是有效的 JSON，请看这一行的引号、逗号和括号"))
        return None
    unimportant: list[Fault] = []  # JSON is nearly YAML: read once more, for the lines alone
    located = _composed(file.name, text, unimportant)
    return Document(file.name, data, located.lines if located else {})


def _composed(name: str, text: str, faults: list[Fault]) -> Document | None:
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else 1
        faults.append(Fault(name, line, "YAML 写法有误，请看这一行和上一行的缩进、引号和冒号"))
        return None
    except RecursionError:
        faults.append(Fault(name, 1, "嵌套过深"))
        return None
    if node is None:
        faults.append(Fault(name, 1, "文件里没有内容"))
        return None
    reader = _Reader(name, faults)
    return Document(name, reader.read(node), reader.lines)
