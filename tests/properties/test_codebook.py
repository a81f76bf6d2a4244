"""Whatever Vietnamese is typed comes back from its codes as it was, or with exactly the changes announced."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.manual.capitals import Capitals, case_of
from secmsg.manual.changes import ChangeKind
from secmsg.manual.codebook import Kind
from secmsg.manual.decoding import decode
from secmsg.manual.encoding import Encoding, encode
from secmsg.manual.signs import beginnings, signs
from secmsg.manual.tokens import Cut, Token, tokens
from secmsg.station import codebooks
from tests.helpers.untraced import untraced
from tests.helpers.vietnamese_texts import Texts, legal_syllables

BOOK = codebooks.load()
EACH = 2_500
TEXTS = Texts(BOOK)


def applied(encoding: Encoding) -> str:
    """Make the changes by hand: each must name what stands at its place."""
    said, end = "", 0
    for change in encoding.changes:
        assert change.place >= end
        assert encoding.given[change.place : change.place + len(change.before)] == change.before
        said += encoding.given[end : change.place] + change.after
        end = change.place + len(change.before)
    return said + encoding.given[end:]


def words(text: tuple[Token, ...]) -> list[str]:
    return [token.key for token in text if token.cut in (Cut.WORD, Cut.NUMBER, Cut.ODD)]


def check(text: str, capitals: Capitals, *, twice: bool) -> None:
    encoding = encode(text, BOOK, capitals=capitals, repeat_numbers=twice)
    back = decode(encoding.codes, BOOK)

    assert back == encoding.text == applied(encoding)
    given, read = tokens(text), tokens(back)
    # No letter, figure or word is another one, and every sign is there.
    assert words(given) == words(read)
    assert "".join(token.key.strip() for token in given) == "".join(token.key.strip() for token in read)
    kept = case_of(given, beginnings(given, signs(given)), capitals).must
    if len(given) == len(read):
        assert all(before.form == after.form for before, after, must in zip(given, read, kept, strict=True) if must)
    if capitals is Capitals.ALL:
        assert not [change for change in encoding.changes if change.kind is ChangeKind.CAPITALS]


@pytest.mark.parametrize("part", range(4))
@untraced
def test_ten_thousand_texts_come_back(part: int) -> None:
    for seed in range(part * EACH, (part + 1) * EACH):
        text = TEXTS.text(seed)
        if text.strip():
            check(text, list(Capitals)[seed % 3], twice=seed % 5 == 0)


@untraced
def test_every_syllable_of_the_book_and_of_the_spelling_comes_back_exactly() -> None:
    attested = [entry.text for entry in BOOK.by_kind[Kind.SYLLABLE]]
    # test_spelling.py spells all that the language allows; here every tenth of them goes the whole way.
    every = sorted({*attested, *sorted(legal_syllables())[::10]})

    for start in range(0, len(every), 200):
        text = " ".join(every[start : start + 200])
        assert decode(encode(text, BOOK, capitals=Capitals.ALL).codes, BOOK) == text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_comes_back_or_is_refused(text: str) -> None:
    try:
        encoding = encode(text, BOOK)
    except FormatError:
        return

    assert decode(encoding.codes, BOOK) == encoding.text == applied(encoding)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([entry.code for entry in BOOK.entries] + ["9998"]), max_size=40))
def test_any_codes_at_all_are_read_or_refused(codes: list[str]) -> None:
    try:
        text = decode(codes, BOOK)
    except FormatError:
        return

    assert not any(mark in text for mark in "\x00\x1b\u202e")
