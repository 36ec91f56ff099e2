"""The drawings of the city's own folder: what is tested is what it ships."""

from pathlib import Path

from diebian.scenes.services.ways.loading import FOLDER, deploy_ways

CITY = next(Path(__file__).parents[6].glob(f"cities/*/{FOLDER}")).parent


def deploy_the_folder() -> None:
    deploy_ways(CITY)
