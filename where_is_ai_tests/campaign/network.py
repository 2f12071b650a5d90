"""Network faults against the real download code, over a loopback server that stands in for all sources."""

import io
import logging
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import quote

from where_is_ai.archive import download
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.archive.verify import verify
from where_is_ai.errors import WhereIsAIError
from where_is_ai.limits import Limits
from where_is_ai.quarters import Quarter
from where_is_ai.redaction import redacted
from where_is_ai.settings import Settings
from where_is_ai_tests.campaign.answers import CONTACT, KEY, PASSWORD, SECRETS
from where_is_ai_tests.campaign.network_faults import Fault, faults
from where_is_ai_tests.campaign.raw_server import Asked, RawServer, Step, reply
from where_is_ai_tests.campaign.rows import Row, Verdict

QUARTER = Quarter(2026, 2)
LIMITS = Limits(download_mb=5, request_s=0.5)
HOME = "source.example"


def run(seed: int, limit: int | None = None) -> Iterator[Row]:
    """Try every fault once, in an order and with details that follow from ``seed``; of ``limit``, so many of them."""
    chosen = list(faults())
    Random(seed).shuffle(chosen)
    for fault in chosen[:limit]:
        yield tried(fault, Random(f"{seed} {fault.kind} {fault.name}"))


def tried(fault: Fault, random: Random) -> Row:
    """What came of one fault, in a data folder of its own."""
    with _no_patience(), tempfile.TemporaryDirectory() as folder, RawServer(_faulty(fault, random)) as server:
        data = Path(folder)
        said: list[str] = []
        with _all_that_is_logged(said):
            verdict, why = _judged(fault, _library(data, server, said))
            said.append(why)
            later, why_later = _later(fault, data, server, said)
        if leak := _leak(said, data, server.asked):
            return Row(fault.kind, fault.name, Verdict.LEAKED, leak)
        if flaws := verify(_library(data, server, said).archive).flaws:
            return Row(fault.kind, fault.name, Verdict.SILENTLY_WRONG, f"left behind: {flaws[0]}")
        if later is not Verdict.RIGHT and verdict in (Verdict.RIGHT, Verdict.CLEAR_ERROR):
            return Row(fault.kind, fault.name, Verdict.LOST, f"a healthy source later: {why_later}")
        return Row(fault.kind, fault.name, verdict, why)


def _faulty(fault: Fault, random: Random):
    def answer(asked: Asked, number: int) -> list[Step]:  # noqa: ARG001
        return [reply(fault.wanted.good)] if fault.passes and number > 1 else list(fault.steps(random))

    return answer


def _judged(fault: Fault, library: Library) -> tuple[Verdict, str]:
    try:
        content = library.read(library.get(fault.wanted.request, QUARTER))
    except WhereIsAIError as error:
        return _judged_error(error, fault)
    except Exception as error:  # whatever else comes is what the campaign looks for
        return Verdict.FOREIGN, "".join(traceback.format_exception_only(error)).strip()
    if content != fault.wanted.good:
        return Verdict.SILENTLY_WRONG, f"took {content[:60]!r}"
    return Verdict.RIGHT, ""


def _judged_error(error: WhereIsAIError, fault: Fault) -> tuple[Verdict, str]:
    said = str(error)
    is_clear = fault.wanted.request.url in said and error.remedy and "\n" not in said and len(said) < 1500
    if fault.must_be_right:
        return Verdict.LOST, f"a right answer was due: {said}"
    return (Verdict.CLEAR_ERROR if is_clear else Verdict.FOREIGN), said


def _later(fault: Fault, data: Path, server: RawServer, said: list[str]) -> tuple[Verdict, str]:
    """What a run makes of the healthy source, after the fault."""
    server.answer = lambda asked, number: [reply(fault.wanted.good)]
    return _judged(fault, _library(data, server, said))


def _leak(said: list[str], data: Path, asked: list[Asked]) -> str:
    """Where a secret came to light, "" where none did."""
    for line in said:
        if redacted(line, SECRETS) != line:
            return f"told: {line}"
    for path in data.rglob("*"):
        content = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        if redacted(f"{path.name} {content}", SECRETS) != f"{path.name} {content}":
            return f"kept in {path.name}"
    for request in asked:
        # The mirror's own password goes to the mirror; key and contact go to the source alone.
        if request.host.lower() != HOME and redacted(request.head, (KEY, CONTACT)) != request.head:
            return f"sent to {request.host}"
    return ""


def _library(data: Path, server: RawServer, said: list[str]) -> Library:
    mirror = f"http://user:{quote(PASSWORD, safe='')}@{server.address}"
    settings = Settings(data, "live", CONTACT, mirror, {"OPENALEX_API_KEY": KEY}, LIMITS)
    return open_library(settings, said.append)


@contextmanager
def _all_that_is_logged(said: list[str]) -> Iterator[None]:
    root, stream = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        said.extend(stream.getvalue().splitlines())


@contextmanager
def _no_patience() -> Iterator[None]:
    patience, download.FIRST_WAIT_S = download.FIRST_WAIT_S, 0.001
    try:
        yield
    finally:
        download.FIRST_WAIT_S = patience
