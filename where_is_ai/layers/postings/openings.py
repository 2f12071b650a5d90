"""Which posts are one opening, and what a quarter's sightings say of it: DuckDB over files.

An employer posts one requisition once per city, on two boards, or again under a new id. Posts are one opening where
the board gives them one requisition, or where employer and title are the same and the texts alike but for place and
pay. Without a text nobody can tell, so those stay apart unless a requisition joins them.
"""

from pathlib import Path

import duckdb

from where_is_ai.geography.names import state_names_by_code
from where_is_ai.layers.postings.engine import bounded, quoted
from where_is_ai.quarters import Quarter


def unite(folder: Path, quarter: Quarter, postings: Path, posts: Path) -> None:
    """Unite the sightings of all parquet files in ``folder`` into Postings, a row per opening, and Posts.

    Of several sightings of one post the last says what it was. Each post keeps its own place and days, so that a new
    city's post of an old opening is new there.
    """
    with bounded(folder / "scratch") as duck:
        duck.execute(_SIGHTINGS_SQL.format(files=quoted(folder / "*.parquet")))
        duck.execute(_POSTS_SQL)
        duck.execute(_PLACE_WORDS_SQL)
        duck.execute(_LIKENESS_SQL, {"pay": _PAY, "states": _STATES})
        _label_openings(duck)
        duck.execute(_DATED_SQL, {"first": quarter.first_day, "last": quarter.last_day})
        duck.execute(_OPENINGS_SQL)
        duck.execute(_POSTINGS_SQL.format(out=quoted(postings)))
        duck.execute(_EACH_POST_SQL.format(out=quoted(posts)))


def _label_openings(duck: duckdb.DuckDBPyConnection) -> None:
    """Give posts that a requisition or a likeness joins, however indirectly, the same label."""
    changed = True
    while changed:
        duck.execute(_RELABELLED_SQL)
        (changed,) = duck.execute("SELECT bool_or(label <> before) FROM relabelled").fetchone()
        duck.execute("CREATE OR REPLACE TABLE labelled AS SELECT * EXCLUDE before FROM relabelled")


# A sentence that names an amount of money, to its end or to that of its line.
_PAY = r"[^.!?\n]*(?:[$€£]\s?\d|\busd\b)[^!?\n]*?(?:[.!?](?:\s|$)|\n|$)"
_STATES = rf"\b(?:{'|'.join(sorted(state_names_by_code().values(), key=len, reverse=True)).lower()})\b"
_SIGHTINGS_SQL = """
CREATE VIEW sightings AS SELECT *, filename AS file, file_row_number AS line
FROM read_parquet({files}, filename = true, file_row_number = true)
"""
# Slim on purpose: texts are represented by a digest, so that memory holds keys only.
_POSTS_SQL = r"""
CREATE TABLE posts AS
WITH slim AS (
    SELECT posting_id, file, line, board, first_seen, last_seen, posted_on,
        nullif(location, '') AS location, nullif(address, '') AS address,
        board || chr(31) || nullif(requisition, '') AS requisition,
        regexp_replace(trim(lower(company), ' .,'), '[,.]?\s+(inc|llc|ltd|corp|corporation|gmbh|plc)$', '') AS company,
        regexp_replace(lower(trim(title)), '\s+', ' ', 'g') AS title
    FROM sightings
)
SELECT posting_id, min(first_seen) AS first_seen, max(last_seen) AS last_seen, min(posted_on) AS posted_on,
    arg_max(
        struct_pack(file, line, board, location, address, requisition, company, title), (last_seen, file, line)
    ) AS last
FROM slim GROUP BY posting_id
"""
# Each city's post names its own city, or all of them: what any of them names tells none of them apart.
_PLACE_WORDS_SQL = r"""
CREATE TABLE place_words AS
SELECT last.company AS company, last.title AS title,
    list_distinct(flatten(list(regexp_extract_all(lower(coalesce(last.address, '')), '\pL+')))) AS words
FROM posts GROUP BY ALL
"""
_LIKENESS_SQL = r"""
CREATE TABLE labelled AS
WITH bare AS (
    SELECT p.posting_id, p.last.company AS company, p.last.title AS title, s.text,
        coalesce(p.last.requisition, p.posting_id) AS requisition,
        list_filter(
            regexp_extract_all(
                regexp_replace(regexp_replace(lower(s.text), $pay, ' ', 'g'), $states, ' ', 'g'), '[\pL\pN]+'
            ),
            lambda word: NOT list_contains(w.words, word)
        ) AS words
    FROM posts p
    JOIN sightings s ON s.file = p.last.file AND s.line = p.last.line
    JOIN place_words w ON w.company = p.last.company AND w.title = p.last.title
), digested AS (
    SELECT posting_id, requisition, CASE WHEN text = '' THEN posting_id ELSE md5(concat_ws(
        chr(31), company, title, if(len(words) > 0, array_to_string(words, ' '), text)
    )) END AS likeness
    FROM bare
)
SELECT *, likeness AS label FROM digested
"""
_RELABELLED_SQL = """
CREATE OR REPLACE TABLE relabelled AS
SELECT * REPLACE (
    least(min(label) OVER (PARTITION BY requisition), min(label) OVER (PARTITION BY likeness)) AS label
), label AS before
FROM labelled
"""
# Whether a post is new is told by its date; without one, by its absence from the board's first snapshot.
_DATED_SQL = """
CREATE TABLE dated AS
WITH opening AS (
    SELECT last.board AS board, min(first_seen) AS day FROM posts GROUP BY ALL
)
SELECT p.*, min(posting_id) OVER (PARTITION BY label) AS opening_id,
    CASE WHEN p.posted_on IS NOT NULL THEN p.posted_on BETWEEN $first AND $last
        WHEN p.first_seen > o.day THEN p.first_seen BETWEEN $first AND $last END AS is_new
FROM posts p JOIN opening o ON o.board = p.last.board JOIN labelled USING (posting_id)
"""
# An opening is as old as the oldest of its posts, and of unknown age where one of them may be old.
_OPENINGS_SQL = """
CREATE TABLE openings AS
SELECT opening_id, any_value(last) FILTER (posting_id = opening_id) AS last, min(first_seen) AS first_seen,
    max(last_seen) AS last_seen, min(posted_on) AS posted_on, count(*) AS copies,
    string_agg(DISTINCT last.location, '; ' ORDER BY last.location) AS location,
    string_agg(DISTINCT last.address, '; ' ORDER BY last.address) AS address,
    CASE WHEN count(is_new) = count(*) OR NOT bool_and(is_new) THEN bool_and(is_new) END AS is_new
FROM dated GROUP BY opening_id
"""
_DAYS = ", ".join(
    f"strftime(o.{name}, '%Y-%m-%d') AS {name}" for name in ("posted_on", "first_seen", "last_seen")
)
_POSTINGS_SQL = f"""
COPY (
    SELECT o.opening_id AS posting_id, s.source, s.board, s.company, s.title, nullif(s.text, '') AS text, {_DAYS},
        o.location, o.address, nullif(s.url, '') AS url, o.copies, o.is_new, nullif(s.sector, '') AS sector
    FROM openings o JOIN sightings s ON s.file = o.last.file AND s.line = o.last.line
) TO {{out}} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)
"""
_EACH_POST_SQL = f"""
COPY (
    SELECT o.posting_id AS post_id, o.opening_id AS posting_id, o.last.board AS board, o.last.address AS address,
        {_DAYS}, o.is_new
    FROM dated o
) TO {{out}} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)
"""
