"""Groups in reading order (the UI sorts them by name) and who answers for an asset."""

GEOGRAPHY = "g1_geography"
EMPLOYMENT = "g2_employment"
RESEARCH = "g3_research"
POSTINGS = "g4_postings"
PUBLICATION = "g5_publication"
OWNERS = ["team:where-is-ai"]
