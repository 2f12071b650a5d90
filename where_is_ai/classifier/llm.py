"""Classifier by a language model behind any OpenAI-compatible endpoint."""

import hashlib
import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from where_is_ai.classifier.protocol import UNKNOWN, ClassifierUnavailable, Posting, Verdict
from where_is_ai.classifier.text import cleaned
from where_is_ai.errors import UsageError
from where_is_ai.settings import given_values, without_credentials

PROMPT = (Path(__file__).parent / "llm_prompt.md").read_text()
ANSWER_SCHEMA = {
    "type": "object",
    "properties": {
        "ai_job": {"type": "boolean"},
        "probability": {"type": "number", "description": "from 0 to 1"},
    },
    "required": ["ai_job", "probability"],
    "additionalProperties": False,
}
RETRIES = 5
TIMEOUT_S = 60.0
ANSWER_TOKENS = 200
AT_ONCE = 8
"""Requests under way together. Each holds one posting, so that no posting can sway another's verdict."""


@dataclass(frozen=True)
class LLMSettings:
    """An endpoint (``base_url`` ends in /v1 as a rule), a model on it, prices in US dollars per million tokens."""

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)
    price_in: float | None = None
    price_out: float | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "LLMSettings":
        """Read WHERE_IS_AI_LLM_BASE_URL, _MODEL, _API_KEY, _PRICE_IN and _PRICE_OUT; UsageError if one is off."""
        values = given_values(environment)
        needed = ("WHERE_IS_AI_LLM_BASE_URL", "WHERE_IS_AI_LLM_MODEL")
        if missing := [name for name in needed if name not in values]:
            raise UsageError(
                f"The classifier 'llm' needs {' and '.join(missing)}.",
                "Set the endpoint's address (such as http://127.0.0.1:8000/v1) and the name of a model on it.",
            )
        return cls(
            *(values[name] for name in needed),
            values.get("WHERE_IS_AI_LLM_API_KEY", ""),
            _price(values, "WHERE_IS_AI_LLM_PRICE_IN"),
            _price(values, "WHERE_IS_AI_LLM_PRICE_OUT"),
        )


@dataclass
class Usage:
    """What a run asked and spent; ``unusable`` counts answers that became unknown, by reason."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    unusable: Counter = field(default_factory=Counter)

    def cost_usd(self, settings: LLMSettings) -> float | None:
        """Cost in US dollars, or None if the prices aren't set."""
        if settings.price_in is None or settings.price_out is None:
            return None
        return (self.tokens_in * settings.price_in + self.tokens_out * settings.price_out) / 1e6


class LLMClassifier:
    """Asks for a verdict in a JSON schema at temperature 0; what can't be used becomes unknown.

    Its probability is what the model states, not calibrated.
    """

    name = "llm"

    def __init__(self, settings: LLMSettings | None = None):
        self.settings = settings or LLMSettings.from_environment()
        self.usage = Usage()
        self.label = f"{self.name} {self.settings.model} prompt {prompt_version()}"
        self._counting = Lock()
        self._openai = _openai()
        self._client = self._openai.OpenAI(
            base_url=self.settings.base_url,
            api_key=self.settings.api_key or "none",
            max_retries=RETRIES,
            timeout=TIMEOUT_S,
        )

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        """AT_ONCE requests under way; verdicts come in the order of ``postings``."""
        under_way: deque[Future[Verdict]] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                for posting in postings:
                    under_way.append(pool.submit(self._verdict, posting))
                    if len(under_way) >= 2 * AT_ONCE:
                        yield under_way.popleft().result()
                while under_way:
                    yield under_way.popleft().result()
            finally:
                for future in under_way:
                    future.cancel()

    def _verdict(self, posting: Posting) -> Verdict:
        if not posting.title.strip() and not posting.text.strip():
            return UNKNOWN
        answer = self._answer(posting)
        verdict, why_not = (UNKNOWN, "no answer") if answer is None else read_answer(answer)
        with self._counting:
            self.usage.requests += 1
            if answer is not None and answer.usage is not None:
                self.usage.tokens_in += answer.usage.prompt_tokens
                self.usage.tokens_out += answer.usage.completion_tokens
            if why_not:
                self.usage.unusable[why_not] += 1
        return verdict

    def _answer(self, posting: Posting):
        """Ask once; the client itself retries 429, 5xx and lost connections, waiting as Retry-After says."""
        asked = {"company": posting.company, "title": posting.title, "text": cleaned(posting.text)}
        try:
            answer = self._client.chat.completions.create(
                model=self.settings.model,
                temperature=0,
                max_tokens=ANSWER_TOKENS,
                messages=[
                    {"role": "system", "content": PROMPT},
                    {"role": "user", "content": json.dumps(asked, ensure_ascii=False)},
                ],
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "verdict", "strict": True, "schema": ANSWER_SCHEMA},
                },
            )
        except (self._openai.RateLimitError, self._openai.InternalServerError):
            return None
        except self._openai.APIConnectionError:
            raise self._unavailable("can't be reached") from None
        except self._openai.APIStatusError as error:
            raise self._unavailable(f"refused the request (status {error.status_code})") from None
        except (self._openai.APIError, ValueError):
            return None
        # The client hands on whatever JSON, or even HTML, came with status 200.
        return answer if isinstance(answer, self._openai.types.chat.ChatCompletion) else None

    def _unavailable(self, what: str) -> ClassifierUnavailable:
        return ClassifierUnavailable(
            f"The language model's endpoint {without_credentials(self.settings.base_url)} {what}.",
            "Check WHERE_IS_AI_LLM_BASE_URL, WHERE_IS_AI_LLM_MODEL and WHERE_IS_AI_LLM_API_KEY; the endpoint must "
            "take chat completions with a JSON schema.",
        )


def prompt_version() -> str:
    """A short name for exactly this prompt."""
    return hashlib.sha256(PROMPT.encode()).hexdigest()[:8]


def read_answer(answer) -> tuple[Verdict, str]:
    """Give the verdict in a chat completion and "", or UNKNOWN and why it can't be used."""
    choices = getattr(answer, "choices", None)
    message = choices[0].message if choices else None
    if message is None:
        return UNKNOWN, "no answer"
    if getattr(message, "refusal", None):
        return UNKNOWN, "refusal"
    if choices[0].finish_reason != "stop":
        return UNKNOWN, "cut short"
    try:
        said = json.loads(message.content or "")
    except ValueError:
        return UNKNOWN, "not JSON"
    verdict = _stated(said)
    return (verdict, "") if verdict else (UNKNOWN, "not the schema")


def _stated(said: object) -> Verdict | None:
    if not isinstance(said, dict) or set(said) != set(ANSWER_SCHEMA["required"]):
        return None
    ai_job, probability = said["ai_job"], said["probability"]
    is_number = isinstance(probability, int | float) and not isinstance(probability, bool)
    if not isinstance(ai_job, bool) or not is_number or not 0 <= probability <= 1:
        return None
    return Verdict(ai_job, float(probability))


def _price(values: Mapping[str, str], name: str) -> float | None:
    if name not in values:
        return None
    try:
        return float(values[name])
    except ValueError as error:
        raise UsageError(
            f"{name} is not a number.", "Give US dollars per million tokens, such as 0.15."
        ) from error


def _openai():
    try:
        import openai
    except ImportError as error:
        raise ClassifierUnavailable(
            "The classifier 'llm' needs the package openai, which isn't installed.", "Run 'make classifier'."
        ) from error
    return openai
