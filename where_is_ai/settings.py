"""All that a person can set, read once from the environment or a ``.env`` file."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values

from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.limits import SETTINGS as LIMIT_SETTINGS
from where_is_ai.limits import Limits, limits_in
from where_is_ai.redaction import redacted

SOURCES = ("sample", "archive", "live")
# A shorter path of a secret address is a common word or letter.
_LEAST_PATH_LETTERS = 6
SAMPLE_ARCHIVE = Path(__file__).resolve().parents[1] / "data" / "sample"


class Secrecy(StrEnum):
    """Who may see what a setting is set to."""

    OPEN = "open"
    """Anybody: it may be recorded with a run and published."""
    PRIVATE = "private"
    """The sources that are asked and whoever set it: it is neither recorded nor published."""
    SECRET = "secret"
    """Only whom it was made for: it is never shown."""
    ADDRESS = "address"
    """An address, open but for the ``user:password@`` in it, which is a secret."""


@dataclass(frozen=True)
class Setting:
    name: str
    what: str
    secrecy: Secrecy = Secrecy.OPEN


# All that can be set. What is secret is so by this table alone: one redaction takes it out of whatever is written.
SETTINGS = (
    Setting("WHERE_IS_AI_DATA", "folder for everything made"),
    Setting("WHERE_IS_AI_SOURCE", "where answers come from: sample, archive or live"),
    Setting("WHERE_IS_AI_CONTACT", "e-mail address in the User-Agent", Secrecy.PRIVATE),
    Setting("WHERE_IS_AI_MIRROR", "http base or folder that stands in for the sources", Secrecy.ADDRESS),
    Setting("OPENALEX_API_KEY", "key of OpenAlex", Secrecy.SECRET),
    Setting("WHERE_IS_AI_SNAPSHOT", "folder of OpenAlex's whole data, for the method snapshot"),
    Setting("WHERE_IS_AI_ENGINE", "what reads the snapshot: duckdb, local[2] or spark://HOST:PORT"),
    Setting("USPTO_API_KEY", "key of the patent office", Secrecy.SECRET),
    Setting("WHERE_IS_AI_NOTIFY", "webhook that is told how a run ended", Secrecy.SECRET),
    Setting("WHERE_IS_AI_DATABASE", "address of the database that holds the runs", Secrecy.ADDRESS),
    Setting("WHERE_IS_AI_SITE", "address of the published site"),
    Setting("WHERE_IS_AI_DOI", "DOI of what is published, for citations"),
    Setting("WHERE_IS_AI_REPORTS", "address where readers report errors"),
    Setting("WHERE_IS_AI_CLASSIFIER", "keywords, title, embedding or llm"),
    Setting("WHERE_IS_AI_CLASSIFIER_PROCESSES", "how many processes judge postings side by side"),
    Setting("WHERE_IS_AI_EMBEDDING_MODEL", "folder or name of a sentence model"),
    Setting("WHERE_IS_AI_LLM_BASE_URL", "address of a language model's endpoint", Secrecy.ADDRESS),
    Setting("WHERE_IS_AI_LLM_MODEL", "name of the language model there"),
    Setting("WHERE_IS_AI_LLM_API_KEY", "key of that endpoint", Secrecy.SECRET),
    Setting("WHERE_IS_AI_LLM_PRICE_IN", "US dollars per million tokens read"),
    Setting("WHERE_IS_AI_LLM_PRICE_OUT", "US dollars per million tokens written"),
    Setting("WHERE_IS_AI_WIDE_DEFINITION", "wider definition of AI workers beside the strict one"),
    Setting("WHERE_IS_AI_QUALIFY_POSTINGS", "AI postings that a metro needs to be ranked"),
    Setting("WHERE_IS_AI_QUALIFY_RESIDENTS", "residents that a metro needs to be ranked"),
    *(Setting(name, f"limit of an answer: {field}") for field, name in LIMIT_SETTINGS.items()),
)
_ADDRESSES = tuple(setting.name for setting in SETTINGS if setting.secrecy is Secrecy.ADDRESS)


@dataclass(frozen=True)
class Settings:
    """What a run may use: where data lives, where answers come from, who asks for them.

    ``data`` is the folder for everything made; ``source`` one of SOURCES; ``contact`` an e-mail address for the
    User-Agent; ``mirror`` an ``http(s)://`` base, maybe with ``user:password@``, or a folder that stands in for the
    sources; ``secrets`` the keys by the name of their variable (of an address its ``user:password``), never shown;
    ``limits`` how much an answer may be.
    """

    data: Path = Path("data")
    source: str = "sample"
    contact: str = field(default="", repr=False)
    mirror: str = field(default="", repr=False)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.source not in SOURCES:
            raise UsageError(
                f"The source {self.source!r} is unknown.", f"Choose one of {', '.join(SOURCES)}."
            )
        if self.contact and ("@" not in self.contact or not _fits_a_header(self.contact)):
            raise UsageError("WHERE_IS_AI_CONTACT is not an e-mail address.", "Set it to one that is read.")
        if "://" in self.mirror and not _is_http(self.mirror):
            raise UsageError(
                "WHERE_IS_AI_MIRROR is neither a folder nor a good http address.",
                "Give it as http://HOST:PORT/PATH, without ? and #, a password in it URL-encoded.",
            )

    def redact(self, text: str) -> str:
        """``text`` without secrets and contact, for logs and messages that quote what others said."""
        return redacted(text, self.hidden)

    def holds_secret(self, text: str) -> bool:
        """Whether ``text`` holds a secret or the contact in any form."""
        return self.redact(text) != text

    @contextmanager
    def kept_from_errors(self) -> Iterator[None]:
        """Take secrets and contact out of any error of ours that leaves the block."""
        try:
            yield
        except WhereIsAIError as error:
            if self.holds_secret(str(error)):
                raise error.reworded(self.redact) from None
            raise

    @property
    def recordable_mirror(self) -> str:
        """The mirror as a run may record it: without ``user:password@``."""
        return without_credentials(self.mirror)

    def chosen(self, source: str, mirror: str) -> "Settings":
        """These settings with a run's own choices, which are recorded and so hold neither contact nor password.

        A ``mirror`` that is the one set but for its password keeps the password that is set. Raises UsageError for
        one with a password in it.
        """
        if credentials_in(mirror):
            raise UsageError(
                "The mirror that was chosen holds a password, and choices are recorded.",
                "Give it without one, or set WHERE_IS_AI_MIRROR, which is not recorded with its password.",
            )
        own = self.mirror if mirror == self.recordable_mirror else mirror
        return replace(self, source=source, mirror=own)

    @property
    def mirror_folder(self) -> Path | None:
        """The mirror where it is a folder."""
        return Path(self.mirror) if self.mirror and "://" not in self.mirror else None

    @property
    def hidden(self) -> tuple[str, ...]:
        """The secrets and the contact, and their parts that are told by themselves."""
        credentials = [credentials_in(self.mirror), *(self.secrets.get(name, "") for name in _ADDRESSES)]
        passwords = [unquote(part) for each in credentials for part in (each, each.partition(":")[2])]
        paths = [secret.partition("://")[2].partition("/")[2] for secret in self.secrets.values()]
        paths = [path for path in paths if len(path) >= _LEAST_PATH_LETTERS]
        return (self.contact, *self.secrets.values(), *credentials, *passwords, *paths)

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def archive(self) -> Path:
        """The folder that answers are replayed from, and kept in when they are fetched."""
        return SAMPLE_ARCHIVE if self.source == "sample" else self.own_archive

    @property
    def own_archive(self) -> Path:
        """The folder that received answers are kept in, whichever source is set."""
        return self.data / "archive"

    @property
    def by_hand(self) -> Path:
        """The folder for files that somebody downloaded by hand, under the names they have at their source."""
        return self.data / "by_hand"

    @property
    def tables(self) -> Path:
        """Cleaned tables and metro rollups; what the sample gave never mixes with what was received."""
        return self.data / "tables" / ("sample" if self.source == "sample" else "received")


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Settings:
    """Settings from ``environment`` (the process's own by default), else from the file ``dotenv``."""
    values = given_values(environment, dotenv)
    return Settings(
        data=Path(values.get("WHERE_IS_AI_DATA", "data")).expanduser().absolute(),
        source=values.get("WHERE_IS_AI_SOURCE", "sample"),
        contact=values.get("WHERE_IS_AI_CONTACT", ""),
        mirror=values.get("WHERE_IS_AI_MIRROR", ""),
        secrets=_secrets_in(values),
        limits=limits_in(values),
    )


def given_values(environment: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> dict[str, str]:
    """All that is set and not empty, by the name of its variable; the environment wins over the file."""
    given = os.environ if environment is None else environment
    written = dotenv_values(dotenv) if dotenv.is_file() else {}
    return {name: value.strip() for name, value in {**written, **given}.items() if value and value.strip()}


def is_set(name: str) -> bool:
    """Whether the setting is set here, so that no remedy says to set it."""
    return name in given_values()


def without_credentials(address: str) -> str:
    """``address`` without its ``user:password@``."""
    credentials = credentials_in(address)
    return address.replace(f"{credentials}@", "", 1) if credentials else address


def credentials_in(address: str) -> str:
    """The ``user:password`` of an address, empty where it has none."""
    scheme, mark, rest = address.partition("://")
    host = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    return host.rpartition("@")[0] if mark and scheme else ""


def _secrets_in(values: Mapping[str, str]) -> dict[str, str]:
    secret_of = {Secrecy.SECRET: lambda value: value, Secrecy.ADDRESS: credentials_in}
    found = {
        setting.name: secret_of[setting.secrecy](values[setting.name])
        for setting in SETTINGS
        if setting.secrecy in secret_of and setting.name in values
    }
    return {name: secret for name, secret in found.items() if secret}


def _fits_a_header(text: str) -> bool:
    return text.isprintable() and text.isascii() and not any(character.isspace() for character in text)


def _is_http(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(
            parts.scheme in ("http", "https")
            and parts.hostname
            and parts.port != 0
            and not parts.query
            and not parts.fragment
        )
    except ValueError:
        return False
