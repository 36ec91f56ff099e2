"""`ways/`: drawings that single items go by, each in a file that is called as its process is.

What a drawing says is read by whoever runs it; here only that each is there which is named.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .faults import Fault
from .item_details import FILE as DETAILS_FILE

FOLDER, ENDING = "ways", ".bpmn"


def faults(folder: Path, details: Any) -> Iterator[Fault]:
    """`details`: what `item_details.yaml` says; None where there is none that holds."""
    present = {file.name for file in (folder / FOLDER).glob("*")}
    for name in sorted(present):
        if not name.endswith(ENDING):
            yield Fault(f"{FOLDER}/{name}", 1, f"这个文件夹里只放流程图（{ENDING}）")
    for item in (details or {}).get("items", []):
        process = item.get("process", "")
        if process and f"{process}{ENDING}" not in present:
            said = f"{item['code']} 的流程“{process}”没有流程图（{FOLDER}/{process}{ENDING}）"
            yield Fault(DETAILS_FILE, 1, said)
