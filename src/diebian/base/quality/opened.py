"""What everybody may read of an open table: the score of its last run, in plain words."""

from diebian.base.opening.public import Quality, QualitySource

from .models import Run
from .selectors import FAIR, GOOD

MEANS = "每条规则各看有多大比例合规，取平均；100 分是全都合规。整张表都算，没有开放的列也在内"


def _tell(collection: str) -> list[Quality]:
    """Nothing of a table that was never scored. A run that could not be made leaves the one before
    it, with its day.
    """
    rows = Run.objects.filter(collection__slug=collection, score__isnull=False)
    run = rows.order_by("-pk").first()
    if run is None:
        return []
    rules = run.results.filter(checked__gt=0).count()
    says = f"{_worth(run)}按提供部门的 {rules} 条规则查了 {run.rows:,} 行。{MEANS}。"
    return [Quality(title=f"{run.score} 分（满分 100）", says=says, at=run.started_at)]


def _worth(run: Run) -> str:
    """What to do with it, for whoever wants to use the data."""
    if run.score is None or run.score < FAIR:
        return "不少地方不合规则，用之前请自己核对。"
    return "几乎都合规则。" if run.score >= GOOD else "少数地方不合规则，用的时候请留意。"


SOURCE = QualitySource(slug="quality", tell=_tell)
