"""Downloads over HTTP: named, timed out, retried where it may pass, streamed aside, checked, then kept."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from where_is_ai.archive.content import check_content, html_title, is_html
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.mirror import mirrored
from where_is_ai.archive.pace import Allowance, Pace, cost_usd
from where_is_ai.archive.store import Archive
from where_is_ai.errors import Absent, BadUpstream, WhereIsAIError
from where_is_ai.files import unwritable_explained
from where_is_ai.settings import Settings

CONNECT_AND_READ_TIMEOUT_S = (10, 60)
ATTEMPTS = 5
FIRST_WAIT_S = 1.0
# A source that asks for more patience than this (a spent daily budget, say) ends the run with its own words.
LONGEST_WAIT_S = 120.0
CHUNK_BYTES = 1 << 16
PROGRESS_EVERY_S = 5.0
MOST_REDIRECTS = 5
# Enough to keep a source busy at its enforced rate when each answer takes a second.
CONCURRENT = 32
ABSENT_STATUS = frozenset({404, 410})
TRANSIENT_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})

Answer = TypeVar("Answer")


class Transient(Exception):
    """A fault that may pass; ``wait_s`` is what the source asked for, ``explained`` what to say if it does not pass."""

    def __init__(self, explained: WhereIsAIError, wait_s: float | None = None):
        super().__init__(str(explained))
        self.explained = explained
        self.wait_s = wait_s


class Downloader:
    """Fetches one request at a time per thread; keeps connections open, and all threads within a source's rate.

    ``allowances`` holds, by the source's name, what its last answer said of the day's budget.
    """

    def __init__(self, settings: Settings, say: Callable[[str], None], first_wait_s: float | None = None):
        self._settings = settings
        self._say = say
        wait_s = FIRST_WAIT_S if first_wait_s is None else first_wait_s
        self._wait = wait_exponential_jitter(multiplier=wait_s, max=LONGEST_WAIT_S, jitter=wait_s)
        self.allowances: dict[str, Allowance] = {}
        self._paces: dict[str, Pace] = {}
        self._session = requests.Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=CONCURRENT))
        self._session.headers["User-Agent"] = f"where-is-ai/{version('where-is-ai')} ({settings.contact})"

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

    def _patiently(self, ask: Callable[..., Answer], *arguments: object) -> Answer:
        """``ask`` again, with growing waits, while what goes wrong may pass."""
        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._patience,
            retry=retry_if_exception_type(Transient),
            before_sleep=lambda state: self._say(f"{_fault(state)} Trying again."),
            reraise=True,
        )
        try:
            return retrying(ask, *arguments)
        except Transient as transient:
            raise transient.explained from None

    def _probe(self, request: Request) -> None:
        with _faults_explained(request), self._ask(request, None) as response:
            if response.status_code not in ABSENT_STATUS:
                self._raise_for_refusal(response, request)

    def ask_marks(self, request: Request, latest: Entry | None) -> tuple[str, str, str] | None:
        """ETag, date and length of the source's answer, whose body is not read; None where it is still ``latest``."""
        try:
            with _faults_explained(request), self._ask(request, latest) as response:
                if response.status_code == 304:
                    return None
                self._raise_for_refusal(response, request)
                headers = response.headers
                return (
                    headers.get("ETag", ""),
                    headers.get("Last-Modified", ""),
                    headers.get("Content-Length", ""),
                )
        except Transient as transient:
            raise transient.explained from None

    def _patience(self, state: RetryCallState) -> float:
        fault = _fault(state)
        asked = fault.wait_s if isinstance(fault, Transient) else None
        return self._wait(state) if asked is None else asked

    def _attempt(self, request: Request, latest: Entry | None, archive: Archive) -> Entry:
        kept = latest if latest and archive.path(latest).is_file() else None
        with _faults_explained(request), self._ask(request, kept) as response:
            # Only an answer that is kept was asked about, so that only then may it be unchanged.
            if response.status_code == 304 and kept is not None:
                self._say(f"{request.url} has not changed since {kept.retrieved_at}.")
                return kept
            self._raise_for_refusal(response, request)
            return self._keep(response, request, archive)

    def _ask(self, request: Request, latest: Entry | None) -> requests.Response:
        headers = {}
        if latest and latest.etag:
            headers["If-None-Match"] = latest.etag
        if latest and latest.last_modified:
            headers["If-Modified-Since"] = latest.last_modified
        url = request.url
        for _ in range(MOST_REDIRECTS):
            self._pace(request.source).wait()
            response = self._session.get(
                mirrored(url, self._settings.mirror),
                # A key is for the source that gave it, not for wherever its answer leads.
                params=self._key(request) if _host(url) == _host(request.url) else {},
                headers=headers,
                stream=True,
                timeout=CONNECT_AND_READ_TIMEOUT_S,
                allow_redirects=False,
            )
            if allowance := Allowance.told_by(response.headers):
                self.allowances[request.source.name] = allowance
            if not response.is_redirect:
                return response
            response.close()
            url = urljoin(url, response.headers["Location"])
        raise BadUpstream(f"{request.url} leads on more than {MOST_REDIRECTS} times.", "Try again later.")

    def _pace(self, source: Source) -> Pace:
        without_key, with_key = source.per_second or (None, None)
        has_key = source.key is not None and source.key[1] in self._settings.secrets
        return self._paces.setdefault(source.name, Pace(with_key if has_key else without_key))

    def _key(self, request: Request) -> dict[str, str]:
        parameter, setting = request.source.key or ("", "")
        secret = self._settings.secrets.get(setting)
        return {parameter: secret} if secret else {}

    def _keep(self, response: requests.Response, request: Request, archive: Archive) -> Entry:
        with archive.aside() as aside:
            self._stream(response, request, aside)
            check_content(aside, request)
            return archive.adopt(
                aside,
                request,
                datetime.now(UTC),
                etag=response.headers.get("ETag", ""),
                last_modified=response.headers.get("Last-Modified", ""),
                cost_usd=cost_usd(response.headers),
            )

    def _stream(self, response: requests.Response, request: Request, aside: Path) -> None:
        total = int(response.headers.get("Content-Length", 0))
        told, done = time.monotonic(), 0
        with aside.open("wb") as file:
            for chunk in response.iter_content(CHUNK_BYTES):
                # Only the writing: a broken connection is an OSError too.
                with unwritable_explained(aside):
                    file.write(chunk)
                done += len(chunk)
                if time.monotonic() - told >= PROGRESS_EVERY_S:
                    told = time.monotonic()
                    self._say(
                        f"{request.url}: {done / 1e6:.1f} MB" + (f" of {total / 1e6:.1f} MB" if total else "")
                    )

    def _raise_for_refusal(self, response: requests.Response, request: Request) -> None:
        if response.status_code == 200:
            return
        refusal = BadUpstream(
            f"{request.url} answered HTTP {response.status_code} ({self._settings.redact(_reason(response))}).",
            request.source.refusal_hint,
        )
        if response.status_code in ABSENT_STATUS:
            raise Absent(refusal.problem, refusal.remedy)
        wait_s = _retry_after_s(response)
        if response.status_code in TRANSIENT_STATUS and (wait_s or 0) <= LONGEST_WAIT_S:
            raise Transient(refusal, wait_s)
        raise refusal


@contextmanager
def _faults_explained(request: Request) -> Iterator[None]:
    """Turn a broken connection into a Transient. The library's own message may hold the full address with its key."""
    try:
        yield
    except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as fault:
        raise Transient(
            BadUpstream(
                f"{request.url} could not be fetched whole: {type(fault).__name__}.",
                "Check the network connection, then run again.",
            )
        ) from None


def _fault(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _reason(response: requests.Response) -> str:
    """What the source says of its refusal: an API's own words, a page's title, else the status line."""
    try:
        said = response.json()
        return ": ".join(str(said[part]) for part in ("error", "message") if part in said)
    except (ValueError, TypeError):
        return html_title(response.content) if is_html(response.content) else response.reason


def _retry_after_s(response: requests.Response) -> float | None:
    asked = response.headers.get("Retry-After")
    if asked is None:
        return None
    if asked.isdigit():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except ValueError:
        return None
