"""The card of emergencies on paper: every code of the ten texts, what goes around them, and room for a pencil."""

import re

from secmsg.manual.codebook import Kind
from secmsg.manual.form import DEGREES, URGENCIES
from secmsg.station import codebooks, emergency_card, hand_papers
from tests.helpers import papers


def test_every_text_stands_on_the_card_with_its_codes_in_order() -> None:
    book = codebooks.load()
    lines = emergency_card.card(book)

    leaves = papers.leaves(hand_papers.card(book))

    assert len(leaves) == 1
    rows = re.findall(r"(?m)^Mã code((?: \d{4})+)$", leaves[0])
    assert [tuple(row.split()) for row in rows] == [line.codes for line in lines]
    flowing = " ".join(leaves[0].split())
    for line in lines:
        assert f"{line.number}. {line.what}" in flowing
        assert line.text in flowing


def test_the_card_has_what_goes_before_and_after_a_text() -> None:
    book = codebooks.load()

    flowing = " ".join(papers.words(hand_papers.card(book)).split())

    assert f"ấn bản {book.edition:04}" in flowing
    for kind in (*DEGREES, *URGENCIES):
        assert f"{book.by_kind[kind][0].text} {book.code(kind)}" in flowing
    assert f"hết {book.code(Kind.END)}" in flowing


def test_the_card_is_one_leaf_a4_inside_its_margins() -> None:
    pdf = hand_papers.card(codebooks.load())

    assert papers.sizes(pdf) == {papers.A4}
    assert all("+" in name for name in papers.used_typefaces(pdf))
    assert papers.out_of_leaf(pdf) == 0
