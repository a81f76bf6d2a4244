"""The syllabary on paper: every cell of the sheet once on either side, by the alphabet and by figures."""

import re

from secmsg.manual.syllabary import SIGNS, Control
from secmsg.papers.syllabaries import NO_ONSET
from secmsg.station import hand_papers, syllabaries
from secmsg.vietnamese import sort_key
from tests.helpers import papers

SHEET = syllabaries.load()
CELLS = {
    **{text or NO_ONSET: code for text, code in SHEET.by_onset.items()},
}
RIMES = dict(SHEET.by_rime)


def test_the_front_gives_the_figures_of_every_onset_and_rime_by_the_alphabet() -> None:
    front, _ = papers.leaves(hand_papers.syllabary(SHEET))

    found = re.findall(r"(?m)^([^\W\d_]+|–) (\d{1,3})$", front)

    onsets, rimes = found[: len(CELLS)], found[len(CELLS) :]
    assert dict(onsets) == CELLS
    assert dict(rimes) == RIMES
    assert len(rimes) == len(RIMES) == 550
    assert [text for text, _ in rimes] == sorted(RIMES, key=sort_key)


def test_the_back_says_what_figures_stand_for_in_their_order() -> None:
    _, back = papers.leaves(hand_papers.syllabary(SHEET))

    found = re.findall(r"(?m)^(\d{1,3}) ([^\W\d_]+|–)$", back)

    onsets, rimes = found[: len(CELLS)], found[len(CELLS) :]
    assert {text: code for code, text in onsets} == CELLS
    assert [(text, code) for code, text in rimes] == list(RIMES.items())


def test_controls_and_signs_stand_on_both_sides() -> None:
    for leaf in papers.leaves(hand_papers.syllabary(SHEET)):
        flowing = " ".join(leaf.split())
        assert all(re.search(rf"\b{control.value} ?[^\d\s]", flowing) for control in Control)
        assert " ".join(f"{number} {sign}" for number, sign in enumerate(SIGNS)) in flowing


def test_it_is_one_leaf_a4_inside_its_margins() -> None:
    pdf = hand_papers.syllabary(SHEET)

    assert papers.count(pdf) == 2
    assert papers.sizes(pdf) == {papers.A4}
    assert all("+" in name for name in papers.used_typefaces(pdf))
    assert papers.out_of_leaf(pdf) == 0
