"""The tree grows by itself, a few seconds behind the trail."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="audit.grow_tree", name="audit.grow_tree")
def grow_tree(timestamp: int) -> None:
    actions.grow_tree()
