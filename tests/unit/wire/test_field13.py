"""Words over GF(2^13): as much as the parity is put right, and never more."""

from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.wire import field13

symbols = st.lists(st.integers(0, field13.SYMBOLS - 1), min_size=1, max_size=40)


@settings(max_examples=60)
@given(symbols, st.integers(0, 12), st.data())
def test_what_comes_back_is_a_word_within_the_parity(sent: list[int], parity: int, data: st.DataObject) -> None:
    word = field13.extended(sent, parity)
    places = st.lists(st.integers(0, len(word) - 1), unique=True, max_size=8)
    erased, altered = data.draw(places), data.draw(places)
    heard = [0 if place in erased else each ^ (place in altered) for place, each in enumerate(word)]
    wrong = sum(place not in erased for place in altered)

    whole = field13.repaired(heard, parity, erased)

    if len(erased) + 2 * wrong <= parity:
        assert whole == word
    if whole is not None:
        changed = sum(
            one != other for at, (one, other) in enumerate(zip(heard, whole, strict=True)) if at not in erased
        )
        assert field13.extended(whole[: len(sent)], parity) == whole
        assert len(erased) + 2 * changed <= parity


def test_a_word_that_the_library_finds_beyond_the_parity_is_not_taken() -> None:
    # Three of four are known gaps; it would change two places more, and two cost four.
    sent = [
        0,
        0,
        2779,
        3040,
        4525,
        2167,
        1768,
        0,
        1542,
        6150,
        5587,
        0,
        0,
        0,
        0,
        0,
        0,
        933,
        0,
        0,
        0,
        0,
        6345,
        1480,
        0,
        137,
    ]
    heard = field13.extended(sent, 4)
    erased = [11, 16, 3]
    for place in erased:
        heard[place] = 0
    heard[15] = 2366

    assert field13.repaired(heard, 4, erased) is None
