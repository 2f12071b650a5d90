"""Two processes that ask for the same paid answer pay once, whatever becomes of the first."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from where_is_ai.archive.fetch import open_library
from where_is_ai.settings import Settings
from where_is_ai_tests.archive.test_download import JSON, QUARTER
from where_is_ai_tests.loopback import Answer, Asked, Loopback

PAID = replace(JSON, fresh_for=timedelta(hours=20))
ASK = """
from pathlib import Path
from where_is_ai_tests.archive.test_two_at_once import library, PAID, QUARTER
print(library(Path({folder!r}), {mirror!r}).get(PAID, QUARTER).sha256)
"""


def library(folder: Path, mirror: str):
    return open_library(Settings(folder, "live", "reader@example.org", mirror))


def ask(folder: Path, mirror: str) -> subprocess.Popen:
    code = ASK.format(folder=str(folder), mirror=mirror)
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def slowly(asked: Asked, number: int) -> Answer:  # noqa: ARG001
    time.sleep(0.5)
    return Answer(b'{"number": %d}' % number)


def test_processes_that_ask_at_once_pay_once(tmp_path):
    with Loopback(slowly) as server:
        asking = [ask(tmp_path, server.url) for _ in range(3)]
        answers = [process.communicate(timeout=60) for process in asking]
        assert len(server.asked) == 1
    assert len({out for out, _ in answers}) == 1
    assert [err for _, err in answers] == [""] * 3
    assert not list((tmp_path / "archive" / ".fetching").iterdir())


def test_threads_that_ask_at_once_pay_once(tmp_path):
    with Loopback(slowly) as server, ThreadPoolExecutor(4) as pool:
        shared = library(tmp_path, server.url)
        answers = list(pool.map(lambda _: shared.get(PAID, QUARTER), range(4)))
        assert len(server.asked) == 1
    assert len(set(answers)) == 1


def test_a_killed_process_holds_nobody_up_and_what_it_left_is_swept(tmp_path):
    def never_for_the_first(asked: Asked, number: int) -> Answer:  # noqa: ARG001
        if number == 1:
            time.sleep(3)
        return Answer(b'{"number": %d}' % number)

    with Loopback(never_for_the_first) as server:
        first = ask(tmp_path, server.url)
        while not server.asked:
            time.sleep(0.01)
        first.send_signal(signal.SIGKILL)
        first.communicate()
        (left,) = (tmp_path / "archive").glob(".part-*")
        os.utime(left, (0, 0))
        second = library(tmp_path, server.url)
        assert not left.exists()
        assert second.read(second.get(PAID, QUARTER)) == b'{"number": 2}'
