"""The drawings of a city's folder (`ways/*.bpmn`): deployed as they are, each once."""

from pathlib import Path

from diebian.base.process.public import deploy, is_deployed
from diebian.security.identity.public import PLATFORM

FOLDER = "ways"


def deploy_ways(folder: Path) -> int:
    """How many are new. What an operator has deployed since stays the newest. Raises
    `NotDeployable` with element and line of all that is wrong with a file."""
    files = [one.read_bytes() for one in sorted((folder / FOLDER).glob("*.bpmn"))]
    new = [one for one in files if not is_deployed(one)]
    for file in new:
        deploy(file=file, by=PLATFORM)
    return len(new)
