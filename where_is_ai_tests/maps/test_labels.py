"""Labels: who gets one follows from the data, and none lies on another, a neighbour's centre or the frame."""

from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.maps.geometry import Box, Disc
from where_is_ai.maps.labels import Label, choose
from where_is_ai.maps.placement import place
from where_is_ai.maps.typeface import text_width, wrapped

FRAME = Box(0, 0, 1000, 600)
OBSTACLE = Box(400, 250, 600, 350)
spots = st.tuples(st.integers(20, 980), st.integers(20, 580), st.integers(2, 60))
crowds = st.lists(spots, min_size=1, max_size=25, unique_by=lambda spot: spot[:2])
words = st.text("abcdefghij ÅÉñ-", min_size=1, max_size=18)


def discs_of(crowd: list[tuple[int, int, int]]) -> list[Disc]:
    ordered = sorted(crowd, key=lambda spot: -spot[2])
    return [Disc(f"{number}", float(x), float(y), float(r)) for number, (x, y, r) in enumerate(ordered)]


@settings(max_examples=60)
@given(crowds, st.lists(words, min_size=25, max_size=25))
def test_placed_labels_keep_the_hard_rules(crowd, texts):
    discs = discs_of(crowd)
    labels = [
        Label(disc.key, (text, "12,345"), 22, strong=True) for disc, text in zip(discs, texts, strict=False)
    ]
    placed = place(labels, discs, FRAME, [OBSTACLE])
    for number, one in enumerate(placed):
        assert one.box.within(FRAME)
        assert not one.box.overlaps(OBSTACLE)
        assert not any(one.box.overlaps(other.box) for other in placed[number + 1 :])
        assert not any(one.box.holds(disc.x, disc.y) for disc in discs)
        for other in placed:
            assert other is one or not (other.leader and other.leader.enters(one.box))


@settings(max_examples=20)
@given(crowds)
def test_the_same_circles_give_the_same_places(crowd):
    discs = discs_of(crowd)
    labels = [Label(disc.key, ("Metro", "1"), 22, strong=True) for disc in discs]
    assert place(labels, discs, FRAME) == place(labels, discs, FRAME)


def test_a_lone_label_sits_right_beside_its_circle_without_a_line():
    disc = Disc("a", 500, 300, 30)
    (label,) = place([Label("a", ("Metro",), 22)], [disc], FRAME)
    assert label.side == 1
    assert 530 <= label.box.x0 <= 540
    assert label.leader is None


def test_a_label_that_could_be_mistaken_has_a_line_to_its_circle():
    discs = [Disc("big", 500, 300, 60), Disc("in", 520, 310, 20)]
    (label,) = place([Label("in", ("Inner", "9"), 22, strong=True)], discs, FRAME)
    assert label.leader is not None
    assert (label.leader.x0, label.leader.y0) == (520, 310)


def test_a_plain_label_without_a_good_place_is_left_out():
    frame = Box(0, 0, 90, 40)
    disc = Disc("a", 45, 20, 30)
    assert place([Label("a", ("A long name",), 22)], [disc], frame) == []


@given(crowds, st.integers(1, 30))
def test_leaders_come_first_and_the_rest_are_spread(crowd, limit):
    discs = discs_of(crowd)
    leaders = [disc.key for disc in discs[-2:]]
    chosen = choose(discs, leaders, apart=100, limit=limit)
    assert len(chosen) <= limit
    assert len(set(chosen)) == len(chosen)
    assert chosen[: len(leaders)] == leaders[:limit]
    by_key = {disc.key: disc for disc in discs}
    for number, key in enumerate(chosen[len(leaders) :], start=len(leaders)):
        for earlier in chosen[:number]:
            one, other = by_key[key], by_key[earlier]
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= 100**2


@given(st.text("abc de", max_size=80), st.integers(60, 400))
def test_wrapping_keeps_every_word_and_the_width(text, width):
    lines = wrapped(text, 20, width)
    assert " ".join(lines).split() == text.split()
    assert all(text_width(line, 20) <= width or " " not in line for line in lines)
