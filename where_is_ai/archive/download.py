"""Downloads over HTTP: named, timed out, retried where it may pass, streamed aside, checked, then kept."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from where_is_ai.archive.connection import Deadline, UnledSession, WatchedAdapter, deadline
from where_is_ai.archive.content import CHUNK_BYTES, check_content, holds_any
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.faults import FAULTS, Transient, explained
from where_is_ai.archive.mirror import credentials_of, mirrored
from where_is_ai.archive.pace import Allowance, Pace, cost_usd
from where_is_ai.archive.redirects import followed, same_host
from where_is_ai.archive.refusal import reason, remedy, retry_after_s
from where_is_ai.archive.store import Archive
from where_is_ai.archive.unpack import inflated
from where_is_ai.errors import Absent, BadUpstream
from where_is_ai.files import unwritable_explained
from where_is_ai.limits import SETTINGS as LIMIT_SETTINGS
from where_is_ai.redaction import printable, redact_logs, shortened, usual_forms
from where_is_ai.settings import Settings

CONNECT_AND_READ_TIMEOUT_S = (10, 60)
ATTEMPTS = 5
FIRST_WAIT_S = 1.0
# A source that asks for more patience than this (a spent daily budget, say) ends the run with its own words.
LONGEST_WAIT_S = 120.0
PROGRESS_EVERY_S = 5.0
MOST_REDIRECTS = 5
# Enough to keep a source busy at its enforced rate when each answer takes a second.
CONCURRENT = 32
ABSENT_STATUS = frozenset({404, 410})
TRANSIENT_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
_Answer = TypeVar("_Answer")


class Downloader:
    """Fetches one request at a time per thread; keeps connections open, and all threads within a source's rate.

    ``allowances`` holds, by the source's name, what its last answer said of the day's budget.
    """

    def __init__(self, settings: Settings, say: Callable[[str], None], first_wait_s: float | None = None):
        self._settings = settings
        self._say = lambda words: say(settings.redact(words))
        wait_s = FIRST_WAIT_S if first_wait_s is None else first_wait_s
        self._wait = wait_exponential_jitter(multiplier=wait_s, max=LONGEST_WAIT_S, jitter=wait_s)
        self.allowances: dict[str, Allowance] = {}
        self._paces: dict[str, Pace] = {}
        self._session = UnledSession()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, WatchedAdapter(pool_maxsize=CONCURRENT))
        self._session.auth = credentials_of(settings.mirror)
        redact_logs(settings.hidden)

    def download(self, request: Request, latest: Entry | None, archive: Archive) -> Entry:
        """Fetch ``request`` and keep the answer; ``latest`` where the source says that it has not changed since.

        Raises BadUpstream with the source's reason, after retries where the fault may pass.
        """
        return self._patiently(self._attempt, request, latest, archive)

    def ask_allowance(self, request: Request) -> Allowance | None:
        """What the source says of the day's budget when it is asked ``request``; None where it says nothing.

        The answer itself is not kept: ask for something that costs nothing.
        """
        self._patiently(self._probe, request)
        return self.allowances.get(request.source.name)

    def ask_marks(self, request: Request, latest: Entry | None) -> tuple[str, str, str] | None:
        """ETag, date and length of the source's answer, whose body is not read; None where it is still ``latest``."""
        try:
            with self._asked(request, latest) as (response, _):
                if response.status_code == 304 and _conditions(latest):
                    return None
                self._raise_for_refusal(response, request)
                etag, date, length = (
                    self._mark(response, name) for name in ("ETag", "Last-Modified", "Content-Length")
                )
                return etag, date, length
        except Transient as transient:
            raise transient.explained from None

    def _patiently(self, ask: Callable[..., _Answer], *arguments: object) -> _Answer:
        """``ask`` again, with growing waits, while what goes wrong may pass."""
        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._patience,
            retry=retry_if_exception_type(Transient),
            before_sleep=lambda state: self._say(f"{_passing(state)} Trying again."),
            reraise=True,
        )
        try:
            return retrying(ask, *arguments)
        except Transient as transient:
            raise transient.explained from None

    def _probe(self, request: Request) -> None:
        with self._asked(request, None) as (response, _):
            if response.status_code not in ABSENT_STATUS:
                self._raise_for_refusal(response, request)

    def _patience(self, state: RetryCallState) -> float:
        asked = _passing(state).wait_s
        return self._wait(state) if asked is None else asked

    def _attempt(self, request: Request, latest: Entry | None, archive: Archive) -> Entry:
        kept = latest if latest and archive.path(latest).is_file() else None
        with archive.aside() as aside:
            with self._asked(request, kept) as (response, until):
                if response.status_code == 304 and kept and _conditions(kept):
                    self._say(f"{request.url} has not changed since {kept.retrieved_at}.")
                    return kept
                self._raise_for_refusal(response, request)
                self._stream(response, request, aside)
                if until.expired:
                    raise requests.Timeout
            with self._settings.kept_from_errors():
                self._check(aside, request)
            return archive.adopt(
                aside,
                request,
                datetime.now(UTC),
                etag=self._mark(response, "ETag"),
                last_modified=self._mark(response, "Last-Modified"),
                cost_usd=cost_usd(response.headers),
            )

    @contextmanager
    def _asked(self, request: Request, latest: Entry | None) -> Iterator[tuple[requests.Response, Deadline]]:
        """The answer to ``request``, to be read before its time is over; faults on the way are explained."""
        seconds = self._settings.limits.request_s
        with self._settings.kept_from_errors(), deadline(seconds) as until:
            try:
                with self._ask(request, latest) as response:
                    yield response, until
            except FAULTS as fault:
                raise explained(fault, request, until.expired, self._settings.limits) from None

    def _ask(self, request: Request, latest: Entry | None) -> requests.Response:
        own = {"Content-Type": "application/json"} if request.body else _conditions(latest)
        url, in_header = request.url, request.source.key_in_header
        for _ in range(MOST_REDIRECTS):
            self._pace(request.source).wait()
            # Key and contact are for the source that was asked, not for wherever its answer leads.
            at_home = same_host(url, request.url)
            key = self._key(request, url) if at_home else {}
            response = self._session.request(
                "POST" if request.body else "GET",
                mirrored(url, self._settings.recordable_mirror),
                params={} if in_header else key,
                data=request.body.encode() or None,
                headers=own
                | (key if in_header else {})
                | {"User-Agent": self._user_agent(at_home), "Accept-Encoding": "gzip"},
                stream=True,
                timeout=CONNECT_AND_READ_TIMEOUT_S,
                allow_redirects=False,
            )
            if at_home and (allowance := Allowance.told_by(response.headers)):
                self.allowances[request.source.name] = allowance
            if not response.is_redirect:
                return response
            response.close()
            location = response.headers["Location"]
            url = followed(url, location, request)
            if not same_host(url, request.url) and self._settings.holds_secret(location):
                raise BadUpstream(
                    f"{request.url} leads on to another host, and would hand it the key or the contact.",
                    "That is not followed. Try again later; if it stays so, tell the source.",
                )
        raise BadUpstream(f"{request.url} leads on more than {MOST_REDIRECTS} times.", "Try again later.")

    def _user_agent(self, at_home: bool) -> str:
        name = f"where-is-ai/{version('where-is-ai')}"
        return f"{name} ({self._settings.contact})" if at_home else name

    def _check(self, aside: Path, request: Request) -> None:
        """Raise BadUpstream for an answer that is not what was asked for, or that holds the key it was asked with."""
        check_content(aside, request, self._settings.limits)
        for secret in self._key(request, request.url).values():
            if holds_any(aside, [form.lower().encode() for form in usual_forms(secret)]):
                raise BadUpstream(
                    f"{request.url} answered with the key it was asked with in its text, which is not archived.",
                    "Tell the source, and ask it for another key.",
                )

    def _mark(self, response: requests.Response, name: str) -> str:
        """A header that is sent back or recorded later: nothing where it holds a secret."""
        mark = printable(response.headers.get(name, ""))
        return "" if self._settings.holds_secret(mark) else mark

    def _pace(self, source: Source) -> Pace:
        without_key, with_key = source.per_second or (None, None)
        has_key = source.key is not None and source.key[1] in self._settings.secrets
        return self._paces.setdefault(source.name, Pace(with_key if has_key else without_key))

    def _key(self, request: Request, url: str) -> dict[str, str]:
        parameter, setting = request.source.key or ("", "")
        secret = self._settings.secrets.get(setting)
        has_it_already = any(part.startswith(f"{parameter}=") for part in urlsplit(url).query.split("&"))
        return {parameter: secret} if secret and not has_it_already else {}

    def _stream(self, response: requests.Response, request: Request, aside: Path) -> None:
        total, done = _declared_length(response), 0
        self._require_modest(total, request)
        told = time.monotonic()
        with aside.open("wb") as file:
            for chunk in self._unpacked(response, request):
                # Only the writing: a broken connection is an OSError too.
                with unwritable_explained(aside):
                    file.write(chunk)
                done += len(chunk)
                self._require_modest(done, request)
                if time.monotonic() - told >= PROGRESS_EVERY_S:
                    told = time.monotonic()
                    self._say(
                        f"{request.url}: {done / 1e6:.1f} MB" + (f" of {total / 1e6:.1f} MB" if total else "")
                    )
            with unwritable_explained(aside):
                file.flush()
        if not done and "Content-Length" not in response.headers:
            # Cut off within its headers, an answer looks like one without a body.
            raise EOFError

    def _unpacked(self, response: requests.Response, request: Request) -> Iterator[bytes]:
        chunks = response.raw.stream(CHUNK_BYTES, decode_content=False)
        coding = response.headers.get("Content-Encoding", "").strip().lower()
        if coding in ("", "identity"):
            return chunks
        if coding not in ("gzip", "x-gzip"):
            raise BadUpstream(
                f"{request.url} answered packed as {shortened(printable(coding), 40)!r}, which was not asked for.",
                "Try again later; if it stays so, look at the source's own pages.",
            )
        return inflated(chunks, request.url, self._settings.limits)

    def _require_modest(self, size: int, request: Request) -> None:
        if size > self._settings.limits.download_bytes:
            raise BadUpstream(
                f"{request.url} is refused: it is larger than {self._settings.limits.download_mb:,g} MB.",
                f"If the source really grew so large, raise {LIMIT_SETTINGS['download_mb']}.",
            )

    def _raise_for_refusal(self, response: requests.Response, request: Request) -> None:
        if response.status_code == 200:
            return
        refusal = BadUpstream(
            f"{request.url} answered HTTP {response.status_code} ({reason(response, self._settings)}).",
            remedy(response, request, self._settings),
        )
        if response.status_code in ABSENT_STATUS:
            raise Absent(refusal.problem, refusal.remedy)
        wait_s = retry_after_s(response)
        if response.status_code in TRANSIENT_STATUS and (wait_s or 0) <= LONGEST_WAIT_S:
            raise Transient(refusal, wait_s)
        raise refusal


def _conditions(latest: Entry | None) -> dict[str, str]:
    """The headers that ask for an answer only where it is newer than ``latest``."""
    marks = {"If-None-Match": latest.etag, "If-Modified-Since": latest.last_modified} if latest else {}
    return {name: mark for name, mark in marks.items() if mark}


def _passing(state: RetryCallState) -> Transient:
    """What ended the last attempt, which is tried again for nothing else."""
    fault = state.outcome.exception() if state.outcome else None
    if not isinstance(fault, Transient):
        raise TypeError(f"{fault!r} does not pass.")
    return fault


def _declared_length(response: requests.Response) -> int:
    declared = response.headers.get("Content-Length", "")
    return int(declared) if declared.isdecimal() and declared.isascii() and len(declared) < 20 else 0
