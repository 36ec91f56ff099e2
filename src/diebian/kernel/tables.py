"""All tables of an app as one step of a migration.

After each single one Django would render anew every model that any reference leads to, and most
of ours are connected: a first start spent most of its time on that.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """As many `CreateModel`, a referred one before those that refer to it."""

    def __init__(self, *models: CreateModel) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        rendered = state.__dict__.pop("apps", None)  # as Django asks whether there is any
        for model in self.models:
            model.state_forwards(app_label, state)
        if rendered is not None:  # nothing refers to the new ones yet: no other is stale
            state.__dict__["apps"] = rendered
            new = [state.models[app_label, model.name_lower] for model in self.models]
            rendered.render_multiple(new)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Create models " + ", ".join(model.name for model in self.models)
