"""`python -m diebian.base.process.definitions.suite FOLDER`: public reference models are read.

The BPMN Model Interchange Working Group's models (`Reference`) are drawn to be exchanged, not to be
run: hardly any says who does a task or on what a way depends. So two things are told of each: does
it stay within the subset, and, if abstract tasks are taken for user tasks, can it be walked.
"""

import sys
from collections import Counter
from pathlib import Path

from diebian.base.process.problems import Problem
from diebian.base.process.tags import NotXml

from .reading import read
from .refusals import NotDeployable

ABSTRACT = (
    (b":task ", b":userTask "),
    (b":task>", b":userTask>"),
    (b"<task ", b"<userTask "),
    (b"</task>", b"</userTask>"),
)


def problems_of(body: bytes) -> tuple[Problem, ...]:
    """Empty where it is accepted. Abstract tasks are read as user tasks: deploying never does."""
    for before, after in ABSTRACT:
        body = body.replace(before, after)
    try:
        read(body)
    except NotDeployable as error:
        return error.problems
    except NotXml as error:
        return (Problem(1, "", error.told, "not-xml"),)
    return ()


def report(folder: Path) -> str:
    lines, reasons = [], Counter[str]()
    accepted = within = 0
    files = sorted(folder.glob("*.bpmn"))
    for file in files:
        codes = Counter(one.code for one in problems_of(file.read_bytes()))
        outside = {code: count for code, count in codes.items() if code.startswith("outside:")}
        accepted += not codes
        within += not outside
        reasons.update(codes.keys())
        told = ", ".join(f"{code} × {count}" for code, count in codes.most_common())
        lines.append(f"| {file.stem} | {'accepted' if not codes else told} |")
    head = f"{len(files)} models: {accepted} accepted, {within} within the subset of elements."
    often = ", ".join(f"{code} in {count}" for code, count in reasons.most_common())
    return "\n".join([head, f"Refused for: {often}.", "", "| Model | |", "| --- | --- |", *lines])


if __name__ == "__main__":
    sys.stdout.write(report(Path(sys.argv[1])) + "\n")
