"""What everybody may read of an open table: the score of its last run, in plain words."""

from diebian.base.opening.public import Quality, QualitySource

from .models import Run
from .selectors import FAIR, GOOD

MEANS = "得分是各条规则合格比例的平均，没有开放的列也算在内"


def _tell(collection: str) -> list[Quality]:
    """Nothing of a table that was never scored. A run that could not be made leaves the one before
    it, with its day.
    """
    rows = Run.objects.filter(collection__slug=collection, score__isnull=False)
    run = rows.order_by("-pk").first()
    if run is None:
        return []
    rules = run.results.filter(checked__gt=0).count()
    looked = f"按 {rules} 条规则查了 {run.rows:,} 行"
    says = f"{run.score} 分（满分 100）。{_worth(run)}{looked}。{MEANS}。"
    return [Quality(title="得分", says=says, at=run.started_at)]


def _worth(run: Run) -> str:
    """What to do with it, for whoever wants to use the data."""
    if run.score is None or run.score < FAIR:
        return "不少地方不合规则，用之前请自己核对。"
    return "几乎都合规则。" if run.score >= GOOD else "少数地方不合规则，用的时候请留意。"


SOURCE = QualitySource(slug="quality", tell=_tell)
