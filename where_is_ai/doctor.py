"""What a run needs of this machine and of the world, whether it is there, and how to mend what is not."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from PIL import ImageFont

from where_is_ai import layers
from where_is_ai.archive.download import Downloader
from where_is_ai.archive.entry import Request
from where_is_ai.archive.mirror import file_in_mirror
from where_is_ai.archive.store import Archive
from where_is_ai.archive.verify import verify
from where_is_ai.errors import NoBrowser, WhereIsAIError
from where_is_ai.geography.source import GAZETTEER
from where_is_ai.geography.zips import ZIP_COUNTIES
from where_is_ai.layers.layer import Key, Layer
from where_is_ai.maps.render import require_browser
from where_is_ai.maps.typeface import FOLDER as FONTS
from where_is_ai.notify import NOTIFY, is_webhook
from where_is_ai.outlook import cost, expected, is_late, next_run
from where_is_ai.settings import Settings

LEAST_FREE_GB = 2.0
BROWSER_PATIENCE_S = 20
OK, NOTE, BROKEN = "ok", "note", "broken"


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, what it is needed for, and how to mend it where it is not as needed.

    ``state`` is ok, note (missing, but not needed for the source that is set) or broken.
    """

    what: str
    state: str
    found: str
    needed_for: str
    mend: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything in turn; asks sources only where ``settings`` say who asks, or name a mirror."""
    yield from prerequisites(settings)
    yield next_quarter(settings, datetime.now(UTC))
    yield from _sources(settings)


def prerequisites(settings: Settings, ask: bool = True) -> Iterator[Finding]:
    """What a run needs of this machine and of whoever starts it; with ``ask`` what is left of a source's budget."""
    yield _python()
    yield _browser()
    yield _fonts()
    yield _data_folder(settings)
    yield _disk(settings)
    yield _contact(settings)
    yield from (_key(settings, layer, key, ask) for layer in layers.LAYERS for key in layer.keys)
    yield _webhook(settings)


def next_quarter(settings: Settings, now: datetime) -> Finding:
    """What the schedule measures next, when, what it adds later, and what it will cost as far as that is known."""
    quarter, at = next_run(now)
    late = sorted((expected(layer, quarter), layer.name) for layer in layers.LAYERS if is_late(layer))
    later = ", ".join(f"{name} from {day:%-d %B %Y}" for day, name in late)
    paid = cost(settings)
    price = f"about {paid}" if paid else "not known before a first live quarter; a run says what it will ask"
    found = f"{quarter} on {at:%-d %B %Y at %-H:%M} UTC; added later: {later}; cost: {price}"
    return Finding("Next quarter", OK, found, "knowing what the schedule quarterly will do, once it is on")


def in_words(finding: Finding) -> str:
    """A finding as lines of text."""
    lines = [
        f"{finding.state:<7} {finding.what}: {finding.found}",
        f"        needed for {finding.needed_for}",
    ]
    if finding.state != OK and finding.mend:
        lines.append(f"        to mend it: {finding.mend}")
    return "\n".join(lines)


def verify_archive(settings: Settings) -> int:
    """Print what is damaged, missing or unindexed in the archives; 1 where something that a run uses is not whole."""
    are_whole = True
    for folder in dict.fromkeys((settings.own_archive, settings.archive)):
        verified = verify(Archive(folder))
        are_whole &= verified.is_whole
        for flaw in verified.flaws:
            print(flaw, flush=True)
        state = "whole" if verified.is_whole else "not whole"
        print(f"{folder}: {verified.entries:,} entries, {verified.objects:,} kept answers: {state}")
    if not are_whole:
        print(
            "To mend it: restore what is named from a copy of the archive, or fetch it anew with a live run."
        )
    return int(not are_whole)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    state = OK if sys.version_info >= (3, 11) else BROKEN
    return Finding(
        "Python", state, found, "everything", "Install Python 3.11 or newer, then run make clean run."
    )


def _browser() -> Finding:
    needed_for = "the PNGs of maps and cards; tables, findings and interactive pages need none"
    try:
        browser = require_browser()
        said = subprocess.run(
            [browser, "--version"], capture_output=True, text=True, timeout=BROWSER_PATIENCE_S, check=True
        )
    except NoBrowser as missing:
        return Finding("Browser", BROKEN, missing.problem, needed_for, missing.remedy)
    except (OSError, subprocess.SubprocessError) as error:
        mend = "Run it by hand to see why, or let BROWSER_PATH name another."
        return Finding(
            "Browser", BROKEN, f"{browser} doesn't start ({type(error).__name__})", needed_for, mend
        )
    return Finding("Browser", OK, f"{said.stdout.strip()} at {browser}", needed_for)


def _fonts() -> Finding:
    needed_for = "the type of all pictures, the same on every machine"
    try:
        names = [
            " ".join(filter(None, ImageFont.truetype(path, 20).getname()))
            for path in sorted(FONTS.glob("*.ttf"))
        ]
    except OSError:
        names = []
    if not names:
        mend = "Install the package again: its own typeface is part of it."
        return Finding("Fonts", BROKEN, f"{FONTS} holds no typeface", needed_for, mend)
    return Finding("Fonts", OK, ", ".join(names), needed_for)


def _data_folder(settings: Settings) -> Finding:
    needed_for = "everything that is fetched, made and published"
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data):
            pass
    except OSError as error:
        mend = "Make it writable, or choose another data folder."
        found = f"{settings.data} can't be written ({error.strerror})"
        return Finding("Data folder", BROKEN, found, needed_for, mend)
    return Finding("Data folder", OK, f"{settings.data} can be written", needed_for)


def _disk(settings: Settings) -> Finding:
    there = next(folder for folder in (settings.data, *settings.data.parents) if folder.exists())
    free_gb = shutil.disk_usage(there).free / 1e9
    return Finding(
        "Disk",
        OK if free_gb >= LEAST_FREE_GB else BROKEN,
        f"{free_gb:.1f} GB free",
        f"the archive: 40 MB for each year of OEWS, more for job boards; {LEAST_FREE_GB:g} GB are comfortable",
        "Free some space, or choose a data folder on another disk.",
    )


def _contact(settings: Settings) -> Finding:
    return Finding(
        "Contact",
        OK if settings.contact else _missing(settings),
        settings.contact or "WHERE_IS_AI_CONTACT is not set",
        "live runs: BLS refuses clients that do not say who asks",
        "Set WHERE_IS_AI_CONTACT to an e-mail address that is read, in the environment or in .env.",
    )


def _key(settings: Settings, layer: Layer, key: Key, ask: bool) -> Finding:
    has_key = key.variable in settings.secrets
    found = f"{key.variable} is set" if has_key else f"{key.variable} is not set: {key.without}"
    mend = "Wait until the day's budget is whole again." if has_key else key.mend
    state = OK if has_key else NOTE
    try:
        asked = ask and key.allowance and _may_ask(settings)
        left = _downloader(settings).ask_allowance(key.allowance) if asked else None
    except WhereIsAIError as refusal:
        state, found, mend = _missing(settings), f"{found}; {refusal.problem}", refusal.remedy
    else:
        if left is not None:
            found += f"; ${left.remaining_usd:.4f} of today's budget left"
            state = state if left.remaining_usd > 0 else _missing(settings)
    return Finding(key.title, state, found, f"the {layer.name} layer, live", mend)


def _webhook(settings: Settings) -> Finding:
    needed_for = "being told of failed runs and checks"
    mend = f"Set {NOTIFY} to the http address of a webhook."
    address = settings.secrets.get(NOTIFY, "")
    if address and not is_webhook(address):
        return Finding("Webhook", BROKEN, f"{NOTIFY} is no http address", needed_for, mend)
    found = f"{NOTIFY} is {'set' if address else 'not set: nobody is told'}"
    return Finding("Webhook", OK if address else NOTE, found, needed_for, mend)


def _sources(settings: Settings) -> Iterator[Finding]:
    looks = _requests(settings)
    with ThreadPoolExecutor(len(looks)) as pool:
        yield from pool.map(lambda look: _source(settings, *look), looks)


def _requests(settings: Settings) -> list[tuple[str, Request]]:
    """What each source is asked to see whether it answers, and what it is needed for."""
    return [
        ("points on every US map, live", GAZETTEER),
        ("addresses that lead to a metro by their ZIP code alone", ZIP_COUNTIES),
        *(probe for layer in layers.LAYERS for probe in layer.probes(settings)),
    ]


def _source(settings: Settings, needed_for: str, request: Request) -> Finding:
    what = f"{request.source.name.partition(',')[0]}"
    if not _may_ask(settings) and not settings.mirror_folder:
        return Finding(
            what,
            _missing(settings),
            "not asked, since no contact is set",
            needed_for,
            "Set WHERE_IS_AI_CONTACT.",
        )
    try:
        if settings.mirror_folder:
            return Finding(what, OK, f"{file_in_mirror(request, settings.mirror_folder)}", needed_for)
        _downloader(settings).ask_marks(request, None)
    except WhereIsAIError as refusal:
        return Finding(what, _missing(settings), refusal.problem, needed_for, refusal.remedy)
    through = f" through the mirror {settings.recordable_mirror}" if settings.mirror else ""
    return Finding(what, OK, f"{request.source.homepage} answers{through}", needed_for)


def _downloader(settings: Settings) -> Downloader:
    return Downloader(settings, lambda message: None)


def _may_ask(settings: Settings) -> bool:
    return bool(settings.contact) and not settings.mirror_folder


def _missing(settings: Settings) -> str:
    """What is only needed live is broken only where live is set."""
    return BROKEN if settings.source == "live" else NOTE
