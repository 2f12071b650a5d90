"""All that a person can set, read once from the environment or a ``.env`` file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

from where_is_ai.errors import UsageError
from where_is_ai.limits import Limits, limits_in

SOURCES = ("sample", "archive", "live")
SECRETS = ("OPENALEX_API_KEY", "WHERE_IS_AI_LLM_API_KEY")
SAMPLE_ARCHIVE = Path(__file__).resolve().parents[1] / "data" / "sample"


@dataclass(frozen=True)
class Settings:
    """What a run may use: where data lives, where answers come from, who asks for them.

    ``data`` is the folder for everything made; ``source`` one of SOURCES; ``contact`` an e-mail address for the
    User-Agent; ``mirror`` an ``http(s)://`` base or a folder that stands in for the sources; ``secrets`` the
    keys by the name of their variable, never shown.
    """

    data: Path = Path("data")
    source: str = "sample"
    contact: str = ""
    mirror: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.source not in SOURCES:
            raise UsageError(
                f"The source {self.source!r} is unknown.", f"Choose one of {', '.join(SOURCES)}."
            )
        if self.contact and ("@" not in self.contact or any(c.isspace() for c in self.contact)):
            raise UsageError("WHERE_IS_AI_CONTACT is not an e-mail address.", "Set it to one that is read.")

    def redact(self, text: str) -> str:
        """``text`` without any of the secrets, for logs and messages that quote what others said."""
        for secret in self.secrets.values():
            text = text.replace(secret, "…")
        return text

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def archive(self) -> Path:
        """The folder that answers are replayed from, and kept in when they are fetched."""
        return SAMPLE_ARCHIVE if self.source == "sample" else self.data / "archive"

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
        secrets={name: values[name] for name in SECRETS if name in values},
        limits=limits_in(values),
    )


def given_values(environment: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> dict[str, str]:
    """All that is set and not empty, by the name of its variable; the environment wins over the file."""
    given = os.environ if environment is None else environment
    written = dotenv_values(dotenv) if dotenv.is_file() else {}
    return {name: value for name, value in {**written, **given}.items() if value}
