"""The drawing of a metro beside its peers shows ranges as ranges and what nobody can say as that."""

from lxml import html

from where_is_ai.site.peer_chart import Bar, peer_chart

BARS = (
    Bar("Boston", "9,550", 9550.0, 8640.0, 10460.0, False, True),
    Bar("Nashville", "≥ 1,360", 1360.0, 1176.0, None, True, False),
    Bar("Miami", "3,150", 3150.0, 3150.0, 3150.0, False, False),
    Bar("Nowhere", "≤ 207", None, None, 207.0, False, False),
)


def drawn(bars=BARS):
    return html.fromstring(str(peer_chart(bars, "AI workers")))


def test_a_range_is_a_line_around_its_dot_and_a_lower_bound_is_open_above():
    shown = drawn()
    (ranged,) = shown.xpath("//line[@class='range']")
    opened, at_most = shown.xpath("//line[@class='open']")
    own = shown.xpath("//circle[contains(@class, 'own')]")[0]
    assert float(ranged.get("x1")) < float(own.get("cx")) < float(ranged.get("x2"))
    bound = shown.xpath("//circle[contains(@class, 'bound')]")[0]
    assert opened.get("x1") == bound.get("cx")
    assert float(at_most.get("x2")) < float(bound.get("cx"))


def test_the_largest_lower_bound_is_still_seen_to_be_open():
    shown = drawn((Bar("Largest", "≥ 9,990", 9990.0, 9990.0, None, True, False), *BARS))
    dot, *_ = shown.xpath("//circle[contains(@class, 'bound')]")
    (line, *_), (arrow, *_) = shown.xpath("//line[@class='open']"), shown.xpath("//path[@class='on']")
    assert float(line.get("x2")) - float(dot.get("cx")) >= 15
    assert arrow.get("d").startswith(f"M{float(line.get('x2')) - 4:.0f} ")


def test_unknown_has_a_name_and_no_dot():
    shown = drawn()
    assert len(shown.xpath("//circle")) == 3
    assert (
        shown.get("aria-label") == "AI workers: Boston 9,550; Nashville ≥ 1,360; Miami 3,150; Nowhere ≤ 207"
    )


def test_too_few_numbers_are_not_drawn_and_names_are_text():
    assert peer_chart(BARS[:2], "AI workers") == ""
    assert "<b>" not in str(peer_chart([BARS[0]._replace(name="<b>"), *BARS[1:]], "AI workers"))
