"""SpiffWorkflow on the same drawing, in an environment of its own that goes with the bench.

Its state goes into the same server as one JSON document, is read before each step and written
after it: so little is the least that survives a power cut. It keeps no trail and no work list.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .model import MODELS, Model

PACKAGES = ["SpiffWorkflow==3.2.0", "psycopg[binary]>=3.3"]
SECONDS = 300
WALK = """
import json, sys, time
import psycopg
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState
url, drawing, path, seconds = sys.argv[1], open(sys.argv[2]).read(), sys.argv[3], float(sys.argv[4])
parser = BpmnParser()
parser.add_bpmn_str(drawing.encode())
spec = parser.get_spec(sys.argv[5])
serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
db = psycopg.connect(url, autocommit=True)
db.execute("create table if not exists peer (id bigserial primary key, state jsonb)")
KEEP = "update peer set state = %s where id = %s"
def load(number):
    told = db.execute("select state from peer where id = %s", (number,)).fetchone()[0]
    return serializer.deserialize_json(json.dumps(told))
took, cases, began, cpu = [], 0, time.perf_counter(), time.process_time()  # once it is loaded
while time.perf_counter() - began < seconds:
    at = time.perf_counter()
    work = BpmnWorkflow(spec)
    work.do_engine_steps()
    told = serializer.serialize_json(work)
    number = db.execute("insert into peer (state) values (%s) returning id", (told,)).fetchone()[0]
    took.append(time.perf_counter() - at)
    for outcome in path.split(","):
        at = time.perf_counter()
        work = load(number)
        task = work.get_tasks(state=TaskState.READY, manual=True)[0]
        task.data.setdefault("decision", {})[task.task_spec.bpmn_id] = outcome
        task.run()
        work.do_engine_steps()
        work.refresh_waiting_tasks()
        db.execute(KEEP, (serializer.serialize_json(work), number))
        took.append(time.perf_counter() - at)
    assert work.is_completed()
    cases += 1
print(json.dumps({"took": took, "cases": cases, "seconds": time.perf_counter() - began,
                  "loading": cpu}))
"""


def installed(folder: Path) -> str:
    """Its Python; raises OSError or SubprocessError."""
    installer = shutil.which("uv", path=str(Path(sys.executable).parent))
    if installer is None:
        raise OSError("no installer beside this Python")
    python = folder / "peer" / "bin" / "python"
    _run(installer, "venv", "--quiet", "--python", sys.executable, str(folder / "peer"))
    _run(installer, "pip", "install", "--quiet", "--python", str(python), *PACKAGES)
    for model in MODELS:
        (folder / f"{model.key}.bpmn").write_text(_its_own_words(model.drawing))
    return str(python)


def walked(
    model: Model, python: str, folder: Path, url: str, seconds: float
) -> dict[str, float | list[float]]:
    path = [*model.path, "done"] if model.has_service else model.path
    words = (url, str(folder / f"{model.key}.bpmn"), ",".join(path), str(seconds), model.key)
    told: dict[str, float | list[float]] = json.loads(_run(python, "-c", WALK, *words))
    return told


def _its_own_words(drawing: str) -> str:
    """Conditions are Python there; its plain service task cannot be written down: a manual one."""
    told = re.sub(r"decision\.(\w+) =", r'decision["\1"] ==', drawing)
    return told.replace(">P15D<", '>"P15D"<').replace("serviceTask", "manualTask")


def _run(*words: str) -> str:
    done = subprocess.run(  # noqa: S603  our own words
        words, env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True, check=True,
        timeout=SECONDS,
    )  # fmt: skip
    return done.stdout
