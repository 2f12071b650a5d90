"""Telling somebody how a run ended: one JSON message to the webhook that WHERE_IS_AI_NOTIFY names."""

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from where_is_ai.redaction import printable, redact_logs, shortened
from where_is_ai.settings import Settings

NOTIFY = "WHERE_IS_AI_NOTIFY"
# Seconds that a receiver has for its answer, and how often it is tried: a sensor has a minute in all.
PATIENCE_S, TRIES, PAUSE_S = 8, 3, 1
MOST_REASONS, LONGEST_REASON = 5, 500
# Chats read links and names to ring up between these.
_INERT = str.maketrans("<>", "‹›")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What happened, to what, and what to do.

    ``event`` is a word for programs: run_failed, checks_failed, not_started. ``what`` says it in a line, ``job`` and
    ``quarter`` (or the week, by its Monday) name what it happened to, ``reasons`` give the details, ``remedy`` says
    what to do, ``run`` is the run's address in Dagster's UI, empty where no run was started.
    """

    event: str
    what: str
    job: str
    quarter: str
    reasons: Sequence[str]
    remedy: str
    run: str = ""

    def as_json(self, settings: Settings) -> dict[str, object]:
        """The message without secrets and without what a chat would act on; ``text`` is all of it in words."""
        reasons = [_clean(settings, reason) for reason in self.reasons[:MOST_REASONS]]
        if more := len(self.reasons) - len(reasons):
            reasons.append(f"and {more:,} more")
        what, remedy, run = (_clean(settings, text) for text in (self.what, self.remedy, self.run))
        lines = [what, *(f"- {reason}" for reason in reasons), f"What to do: {remedy}", run]
        return {
            "text": "\n".join(filter(None, lines)),
            "event": self.event,
            "what": what,
            "job": self.job,
            "quarter": self.quarter,
            "reasons": reasons,
            "remedy": remedy,
            "run": run,
        }


def send(settings: Settings, message: Message) -> str:
    """Post ``message`` where a webhook is set, and say what came of it; never raises, and never names the address.

    A redirect is not followed: the address is a secret of its receiver.
    """
    address = settings.secrets.get(NOTIFY, "")
    if not address:
        return f"{NOTIFY} is not set: nobody is told."
    if not is_webhook(address):
        return f"{NOTIFY} is no http address: nobody is told."
    redact_logs(settings.hidden)
    why = ""
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE_S)
        if not (why := _refusal(address, message.as_json(settings))):
            return "Told."
    log.warning("The webhook of %s was not told: %s.", NOTIFY, why)
    return f"The webhook could not be told: {why}."


def is_webhook(address: str) -> bool:
    """Whether an http request can be made of ``address``."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _refusal(address: str, content: dict[str, object]) -> str:
    """Why the receiver did not take ``content``, empty where it did; in words that hold nothing of the address."""
    try:
        answer = requests.post(
            address,
            data=json.dumps(content),
            headers={"Content-Type": "application/json"},
            timeout=PATIENCE_S,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        return type(error).__name__
    return "" if answer.status_code < 300 else f"status {answer.status_code}"


def _clean(settings: Settings, text: str) -> str:
    return shortened(settings.redact(printable(text)), LONGEST_REASON).translate(_INERT)
