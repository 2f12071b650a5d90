"""The base map: the project's own simplified states and countries, and how they are laid flat.

``shapes`` reads them, ``projections`` turns longitude and latitude into a plane, ``make`` is the script that made
the data from public-domain sources (US Census Bureau, Natural Earth).
"""
