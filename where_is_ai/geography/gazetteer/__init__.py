"""The project's own compact gazetteer: places of the USA with their county, larger cities of the world, countries.

``make`` is the script that derived the tables; ``read`` gives them. Derived from GeoNames (geonames.org, CC BY 4.0)
and the US Census Bureau's county boundaries (public domain).
"""
