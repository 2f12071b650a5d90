"""AI job postings by metro, from job boards, USAJOBS and a LinkUp feed: their assets and checks."""
