"""The project's own compact gazetteer: places of the USA with their county, larger cities of the world, countries.

``make`` is the script that derived the tables; ``read`` gives them. Of ``countries.csv``, ``name`` is what readers see,
as English-language newspapers write it, and ``geonames`` what locations are read by. Derived from GeoNames
(geonames.org, CC BY 4.0) and the US Census Bureau's county boundaries (public domain).
"""
