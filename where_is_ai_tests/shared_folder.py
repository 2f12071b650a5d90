"""Recorded upstream material that developers may have beside the checkout; whoever clones the project does not."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder of recorded upstream material is not beside this checkout"
)
