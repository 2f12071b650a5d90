"""Drawing: bubble maps, Top-10 cards and small multiples. What they show and say is given to them as data.

``bubble_map`` draws a map of the USA or the world, ``cards`` a ranking for a phone, ``multiples`` bars over time; each
gives plotly figures and the text for those who can't see them. ``render`` makes PNGs of figures, ``page`` a page.
"""
