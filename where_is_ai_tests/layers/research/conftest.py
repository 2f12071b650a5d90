import pytest

from where_is_ai.archive import download
from where_is_ai.archive.pace import Pace


@pytest.fixture
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries at once, and no pace but what a test's server enforces."""
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)
    monkeypatch.setattr(download, "Pace", lambda per_second: Pace(None))
