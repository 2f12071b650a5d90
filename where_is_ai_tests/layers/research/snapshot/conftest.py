import dataclasses
from pathlib import Path

import pytest

from where_is_ai_tests.layers.research.made_world import World, made_world
from where_is_ai_tests.layers.research.snapshot.made_snapshot import some_retracted, write_snapshot

MERGED_AWAY, INTO = "I4000000009", "I4000000003"


@pytest.fixture(scope="package")
def world() -> World:
    """Sixty institutions in six metros; one of them was merged into one of another metro."""
    made = some_retracted(made_world(institutions=60, metros=6, works=6_000))
    return dataclasses.replace(made, merged={MERGED_AWAY: INTO})


@pytest.fixture(scope="package")
def snapshot(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world in both formats."""
    return write_snapshot(tmp_path_factory.mktemp("snapshot"), world, others=1)
