"""``make site`` serves what is published, to this machine alone."""

import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from where_is_ai_tests.processes import started

pytestmark = pytest.mark.slow


def test_it_serves_the_front_page_on_loopback(published, monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(published.parent))
    command = [sys.executable, "-m", "where_is_ai.site", "0"]
    with started(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as serving:
        address = serving.stdout.readline().split()[0]
        assert address.startswith("http://127.0.0.1:")
        with urlopen(address, timeout=30) as answer:
            assert "Where AI actually happens" in answer.read().decode()


def test_where_nothing_is_published_it_says_what_to_do(tmp_path, monkeypatch, capsys):
    from where_is_ai.site.__main__ import main

    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    assert main([]) == 1
    assert "where-is-ai run" in capsys.readouterr().err


def test_it_listens_nowhere_else(tmp_path):
    from where_is_ai.site.__main__ import server

    with server(tmp_path, 0) as serving:
        assert serving.socket.getsockname()[0] == socket.gethostbyname("localhost")
