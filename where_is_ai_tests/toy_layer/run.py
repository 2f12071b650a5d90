"""The toy's one line, and a data folder with its quarter."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from where_is_ai import cli, layers
from where_is_ai.archive.store import Archive
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.toy_layer.layer import TOY
from where_is_ai_tests.toy_layer.source import FIGURES

CSV = b"area_code,power_mw\n35620,14.27444200809678\n41940,120\n42660,33.5\n"
QUARTER = "2026-Q2"


@contextmanager
def listed_too() -> Iterator[None]:
    """The toy is one of the layers within the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "LAYERS", (*layers.LAYERS, TOY))
        yield


def run_quarter(folder: Path) -> Path:
    """Run the toy's quarter into ``folder`` from what was archived, as somebody at a terminal would."""
    archive, sample = Archive(folder / "archive"), Archive(SAMPLE_ARCHIVE)
    for request in (GAZETTEER, POPULATION):
        entry = sample.versions(request.url)[-1]
        archive.keep(sample.read(entry), request, entry.retrieved, reconstructed=True, note=entry.note)
    archive.keep(CSV, FIGURES, datetime(2026, 7, 10, tzinfo=UTC))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHERE_IS_AI_DATA", str(folder))
        assert cli.main(["run", "--archive", "--only", "toy", "--quarter", QUARTER]) == 0
    return folder
