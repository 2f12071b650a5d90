"""The questions that an edition answers, one page each."""

from collections.abc import Callable
from dataclasses import dataclass

from where_is_ai.maps import alt
from where_is_ai.site import alt as own_alt


@dataclass(frozen=True)
class Question:
    """A page ``slug``.html: its question, how the navigation calls it, its layer and its map.

    ``findings`` is the Markdown file whose first sentence the page leads with; ``map`` the stem of the map's files,
    ``mapped`` the table that it shows and ``describe`` what gives its alt text from that table and the notes.
    """

    slug: str
    question: str
    short: str
    layer: str
    findings: str
    map: str
    mapped: str
    describe: Callable


QUESTIONS = (
    Question(
        slug="jobs",
        question="Where are the AI jobs in the USA?",
        short="AI jobs",
        layer="employment",
        findings="usa_findings.md",
        map="Heatmap-USA-AI-Jobs",
        mapped="usa_ai_employment_by_msa",
        describe=alt.usa_alt,
    ),
    Question(
        slug="postings",
        question="Where are the AI postings?",
        short="Postings",
        layer="postings",
        findings="postings_findings.md",
        map="Heatmap-USA-AI-Postings",
        mapped="usa_ai_postings_by_metro",
        describe=alt.postings_alt,
    ),
    Question(
        slug="research",
        question="Where is AI research in the world?",
        short="Research",
        layer="research",
        findings="world_findings.md",
        map="Heatmap-World-AI-Cities",
        mapped="world_ai_research_by_metro",
        describe=alt.world_alt,
    ),
    Question(
        slug="change",
        question="What changed?",
        short="What changed",
        layer="employment",
        findings="usa_yoy_findings.md",
        map="Map-Change",
        mapped="usa_ai_employment_yoy",
        describe=own_alt.change_alt,
    ),
    Question(
        slug="trust",
        question="Can I trust it?",
        short="Can I trust it?",
        layer="employment",
        findings="",
        map="Map-Coverage",
        mapped="usa_ai_employment_by_msa",
        describe=own_alt.coverage_alt,
    ),
)
