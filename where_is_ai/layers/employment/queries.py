"""Examples of questions to the database of all editions, as SQL by what they ask."""

QUERIES = {
    "The ten metros with the most AI workers per 1,000 jobs in the newest edition, lower bounds marked": """\
SELECT metro, ai_workers, round(ai_per_1000, 2) AS per_1000, coverage <> 'all_published' AS lower_bound
FROM usa_ai_employment_by_msa
WHERE edition = (SELECT max(edition) FROM usa_ai_employment_by_msa)
ORDER BY rank_concentration LIMIT 10;""",
    "One metro through all releases; a change is only read within a segment": """\
SELECT DISTINCT oews_release, ai_workers, coverage, segment, linked, why_not_linked
FROM usa_ai_employment_series
WHERE metro LIKE 'Austin%'
ORDER BY oews_release;""",
    "Growth that the survey can tell from none, largest first": """\
SELECT edition, metro, like_for_like_change, round(like_for_like_pct, 1) AS pct, round(noise) AS noise,
       exceeds_noise_fdr10
FROM usa_ai_employment_yoy
WHERE comparable AND exceeds_noise AND like_for_like_change > 0
ORDER BY edition DESC, like_for_like_change DESC LIMIT 10;""",
}
