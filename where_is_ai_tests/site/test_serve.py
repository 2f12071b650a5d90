"""``make site`` serves what is published, to this machine alone."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from where_is_ai_tests.processes import started

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 60


def command(port: int) -> list[str]:
    """``make site`` with the Python that runs this test instead of one to be set up."""
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    return ["make", "-o", ".venv/.ready", "site", f"BIN={Path(sys.executable).parent}", f"SITE_PORT={port}"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_it_serves_the_front_page_on_loopback(published, monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(published.parent))
    port = free_port()
    with started(command(port), cwd=ROOT, stderr=subprocess.DEVNULL):
        assert "Where AI actually happens" in _answer(f"http://127.0.0.1:{port}/")


def test_where_nothing_is_published_it_says_what_to_do(tmp_path):
    given = {**os.environ, "WHERE_IS_AI_DATA": str(tmp_path)}
    ended = subprocess.run(
        command(free_port()), cwd=ROOT, env=given, capture_output=True, text=True, timeout=LIMIT_S
    )
    assert ended.returncode
    assert "holds no site. Make one with make run." in ended.stderr


def _answer(address: str) -> str:
    last = time.monotonic() + LIMIT_S
    while True:
        try:
            with urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except URLError:
            if time.monotonic() > last:
                raise
            time.sleep(0.1)
