"""The journey, walked over HTTP as people walk it. Each step gives its evidence or fails."""

from .script import Script
from .steps import Step, Walk

__all__ = ["Script", "Step", "Walk"]
