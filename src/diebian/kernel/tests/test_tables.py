"""What `CreateModels` leaves for the migrations that come after it."""

from django.db import migrations, models
from django.db.migrations.state import ProjectState

from diebian.kernel.tables import CreateModels

KEY = ("id", models.BigAutoField(primary_key=True))


def test_a_model_rendered_before_knows_those_that_refer_to_it() -> None:
    state = _rendered()
    assert [one.name for one in state.apps.get_model("street.Street")._meta.related_objects] == [
        "house"
    ]


def test_a_later_step_finds_all_models_of_one_make() -> None:
    state = _rendered()
    beside = models.ForeignKey("street.Street", models.PROTECT, null=True)
    migrations.AddField("street", "beside", beside).state_forwards("street", state)
    street, house = state.apps.get_model("street.Street"), state.apps.get_model("house.House")
    assert house._meta.get_field("street").related_model is street
    assert state.apps.get_model("house.Door")._meta.get_field("house").related_model is house


def test_without_anything_rendered_it_renders_nothing() -> None:
    state = ProjectState()
    _streets().state_forwards("street", state)
    assert "apps" not in state.__dict__
    assert ("street", "street") in state.models


def _rendered() -> ProjectState:
    state = ProjectState()
    state.apps  # noqa: B018  rendered from here on
    _streets().state_forwards("street", state)
    _houses().state_forwards("house", state)
    return state


def _streets() -> CreateModels:
    return CreateModels(migrations.CreateModel("Street", [KEY]))


def _houses() -> CreateModels:
    street = models.ForeignKey("street.Street", models.PROTECT)
    house = models.ForeignKey("house.House", models.PROTECT)
    return CreateModels(
        migrations.CreateModel("House", [KEY, ("street", street)]),
        migrations.CreateModel("Door", [KEY, ("house", house)]),
    )
