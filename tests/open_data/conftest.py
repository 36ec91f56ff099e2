"""The lake with two small tables that opening's own tests use, too."""

from diebian.base.opening.tests.conftest import lake, shelf

__all__ = ["lake", "shelf"]
