"""`up`: from a data folder to a served page, and back."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from diebian.cloud.runtime.public import Installation, Part, Supervisor, reap_orphans
from diebian.kernel.errors import DiebianError
from diebian.kernel.words import Words, port

from . import stamp
from .health import outside
from .parts import Plan
from .samples import sample_people

Say = Callable[[str], None]
LOOK_OUTSIDE_SECONDS = 5


class CityMissing(DiebianError):
    code, status, title = "assembly.city_missing", 404, "没有这座城市的资料"


class Unprepared(DiebianError):
    code, status, title = "assembly.unprepared", 500, "数据库没有备好，没有启动"


def up(rest: list[str], home: Installation, say: Say) -> int:
    words = Words("up", "启动平台，按 Ctrl-C 停止")
    words.add_argument("--port", type=port, help="网站的端口，默认 8000 起第一个空闲的")
    words.add_argument("--city", type=Path, help="城市资料文件夹，默认由 DIEBIAN_CITY 指明")
    asked = words.parse_args(rest)
    with serving(home, city=asked.city, port=asked.port, say=say) as (supervisor, plan):
        if not supervisor.stopping.is_set():
            for line in sample_people(plan.city):
                say(line)
            say(f"蝶变已启动：{plan.address}")
            say("按 Ctrl-C 停止")
        while not supervisor.stopping.wait(LOOK_OUTSIDE_SECONDS):
            supervisor.note(outside=outside())
    return 0


@contextmanager
def serving(
    home: Installation, *, city: Path | None, port: int | None, say: Say
) -> Iterator[tuple[Supervisor, Plan]]:
    """The platform, running and ready; on leaving, all of it is stopped."""
    city = _city(city)
    home.prepare()
    with home.locked():
        reap_orphans(home.data)
        for name in home.held:  # a hold does not outlive the platform it was put upon
            home.release(name)
        plan = Plan(home, city=city, port=port)
        supervisor = Supervisor(home, plan.environment)
        supervisor.stop_on_signals()
        try:
            _start(supervisor, plan, Steps(say))
            yield supervisor, plan
        finally:
            say("正在停止……")
            supervisor.stop_all()
    say("已停止，数据都在。")


class Steps:
    """Tells each step with the seconds since the start."""

    def __init__(self, say: Say) -> None:
        self._say, self._began = say, time.monotonic()

    def tell(self, what: str) -> None:
        self._say(f"{time.monotonic() - self._began:5.1f} 秒  {what}")

    def started(self, part: Part, seconds: float) -> None:
        self.tell(f"已启动 {part.title}（用了 {seconds:.1f} 秒）")


def _start(supervisor: Supervisor, plan: Plan, steps: Steps) -> None:
    facts = {"address": plan.address, "ports": plan.ports, "city": str(plan.city)}
    supervisor.note(**facts, outside=outside())
    makers, stores = list(plan.makers()), list(plan.stores())
    supervisor.begin(*makers, *stores)
    wanted = stamp.wanted(plan.city)
    supervisor.settle(*stores, told=steps.started)
    if supervisor.stopping.is_set():
        return
    found = stamp.found(plan.database)
    if found == wanted:
        steps.tell("代码和城市资料没有变化，不必重新准备")
        rest = [*plan.departments(), *plan.services()]
        supervisor.begin(*rest)
        supervisor.settle(*makers, *rest, told=steps.started)
    else:
        _start_anew(supervisor, plan, steps, found=found, wanted=wanted)
    supervisor.note(ready=not supervisor.stopping.is_set())


def _start_anew(
    supervisor: Supervisor,
    plan: Plan,
    steps: Steps,
    *,
    found: stamp.Stamp | None,
    wanted: stamp.Stamp,
) -> None:
    departments, services = list(plan.departments()), list(plan.services())
    is_another_city = found is not None and found.city != wanted.city
    supervisor.begin(*(() if is_another_city else departments))
    supervisor.settle(*plan.makers(), told=steps.started)
    if is_another_city:  # refused before any process of that city has written a row
        _run(supervisor, plan, "city", "load", str(plan.city), "--dry-run")
        supervisor.begin(*departments)
    _prepare(supervisor, plan, wanted, steps)
    if not supervisor.stopping.is_set():
        supervisor.begin(*services)
        supervisor.settle(*services, told=steps.started)


def _prepare(supervisor: Supervisor, plan: Plan, wanted: stamp.Stamp, steps: Steps) -> None:
    """The foreign systems start meanwhile: what is mounted in `prepare` really asks them."""
    stamp.erase(plan.database)
    steps.tell("准备数据库的结构")
    _run(supervisor, plan, "migrate", "--verbosity=0")
    supervisor.settle(*plan.departments(), told=steps.started)
    steps.tell("载入城市资料")
    _run(supervisor, plan, "prepare")
    if not supervisor.stopping.is_set():
        stamp.write(plan.database, wanted)


def _run(supervisor: Supervisor, plan: Plan, *words: str) -> None:
    """One word of Django's, to its end or until we are stopped."""
    if supervisor.stopping.is_set():
        return
    done = supervisor.run(plan.job(*words))
    if done and not supervisor.stopping.is_set():
        raise Unprepared("上面写着原因。数据没有丢；改好后再启动一次")


def _city(named: Path | None) -> Path:
    told = named or os.environ.get("DIEBIAN_CITY")
    if not told:
        raise CityMissing("请用 --city 指一个城市文件夹")
    folder = Path(told).absolute()
    if not (folder / "city.yaml").exists():
        raise CityMissing(f"{folder} 里没有 city.yaml。请用 --city 指一个城市文件夹")
    return folder
