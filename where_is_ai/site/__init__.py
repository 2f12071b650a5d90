"""The site: pages that a newsroom can link to, made from published editions alone.

    build_site(published, address)            every page of every edition, the metros, the search's data, the front page
                                              last
    publish(published, quarter, to, address)  an edition copied elsewhere, and the site there made anew

Pages need no server and no network: maps are drawn in them, and data comes as scripts.
"""
