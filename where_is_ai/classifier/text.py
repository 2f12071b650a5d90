"""A posting's raw text, read the same way every time: markup out, sentences apart, a fixed horizon."""

import html
import re

HORIZON_CHARS = 3_600
"""How much cleaned text is read. What stands behind it (benefits, legal notices) doesn't change a verdict."""
RAW_CHARS = 60_000
SENTENCE_WORDS = 60
STATED_CHARS = 1_200
"""Sentences that begin within this many characters count in full; later ones count less and less."""

_DUTY_VERBS = (
    "Ability|Analyze|Apply|Architect|Bachelor|Build|Collaborate|Conduct|Contribute|Create|Debug|Define|Deliver|"
    "Deploy|Design|Develop|Drive|Ensure|Establish|Evaluate|Experience|Familiarity|Help|Identify|Implement|"
    "Improve|Integrate|Knowledge|Lead|Leverage|Maintain|Manage|Master|Monitor|Operate|Optimize|Own|"
    "Participate|Partner|Perform|PhD|Proficiency|Provide|Qualifications|Requirements|Research|Responsibilities|"
    "Scale|Strong|Support|Train|Translate|Use|Work|Write"
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BLOCK = re.compile(r"</?(?:p|br|li|ul|ol|div|h[1-6]|tr)\b[^<>]{0,2000}>", re.IGNORECASE)
_SPACE = re.compile(r"[^\S\n]+")
_LINE = re.compile(r"\s*\n\s*|\s*[•·▪●◦]\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;…])[\"”’)]?\s+(?=[\"“(*]?[A-Z0-9])")
# Bullets lose their full stops when a board flattens its HTML: "... in production Design and run ...".
_FLATTENED_BULLET = re.compile(rf"(?<=[a-z,)&]) (?=(?:{_DUTY_VERBS})\b[^A-Z]{{3}})")


def cleaned(raw: str) -> str:
    """Give plain text: entities resolved (boards escape twice), tags out, blanks single, lines kept."""
    text = html.unescape(html.unescape(raw[:RAW_CHARS])).replace("\u200b", "")
    text = _TAG.sub("", _BLOCK.sub("\n", text))
    return _SPACE.sub(" ", text).strip()[:HORIZON_CHARS]


def without_company(text: str, company: str) -> str:
    """Call the employer "the company": its name says nothing about the role, though it may hold "AI"."""
    name = company.strip()
    if name not in text:
        return text
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "the company", text) if len(name) > 2 else text


def sentences(text: str) -> list[tuple[int, str]]:
    """Give each sentence of cleaned ``text`` with the character at which it begins."""
    found: list[tuple[int, str]] = []
    for line_at, line in _pieces(text, _LINE):
        for sentence_at, sentence in _pieces(line, _SENTENCE_END):
            parts = _pieces(sentence, _FLATTENED_BULLET) if len(sentence) > 140 else [(0, sentence)]
            for part_at, part in parts:
                found += _chunks(part, line_at + sentence_at + part_at)
    return found


def _pieces(text: str, boundary: re.Pattern) -> list[tuple[int, str]]:
    starts = [0, *(match.end() for match in boundary.finditer(text))]
    ends = [*(match.start() for match in boundary.finditer(text)), len(text)]
    return [(start, text[start:end]) for start, end in zip(starts, ends, strict=True) if end > start]


def _chunks(sentence: str, at: int) -> list[tuple[int, str]]:
    words = sentence.split()
    chunks = [" ".join(words[i : i + SENTENCE_WORDS]) for i in range(0, len(words), SENTENCE_WORDS)]
    return [(at, chunk) for chunk in chunks if len(chunk) > 2]
