"""The codebook is gone: a cable crosses by the one-page syllabary, and stands in both registers as any other."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.errors import FormatError
from secmsg.manual import form, syllabary_text
from secmsg.manual.capitals import Capitals
from secmsg.station import hand_syllabary, hand_texts
from secmsg.station.hand_texts import Cutting
from secmsg.station.hand_views import HandFate
from secmsg.wire.cable import Degree, Urgency
from tests.helpers.by_hand import BODY, Ends, two_ends
from tests.helpers.manual import SYLLABARY
from tests.helpers.ministry import HQ, draft
from tests.helpers.small_book import small_book

HEADING = (Degree.SECRET, Urgency.FLASH, 412)


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    with two_ends(tmp_path) as found:
        yield found


def test_a_cable_crosses_without_a_codebook(ends: Ends) -> None:
    made = ends.release(way=replace(ends.way, cutting=Cutting(syllabary=True)))
    taken = ends.take(made.message)

    assert made.text == " ".join(BODY.split())
    assert taken.fate is HandFate.ENTERED
    assert taken.cable_id is not None
    came = ends.hq.station.read(taken.cable_id).cable
    assert (came.body, came.degree) == (made.text, Degree.CONFIDENTIAL)
    assert taken.mrn == made.released.mrn


def test_what_will_be_read_otherwise_is_announced() -> None:
    given = draft(HQ.id, body="Gặp Ngọc Hoà và UNHCR.", degree=Degree.SECRET)
    few = hand_texts.encode(given, 7, 0, small_book(), Cutting(Capitals.FEW, syllabary=True))
    names = hand_texts.encode(given, 7, 0, small_book(), Cutting(syllabary=True))

    assert (few.text, names.text) == ("Gặp ngọc hòa và unhcr.", "Gặp Ngọc Hòa và Unhcr.")
    for coded in (few, names):
        assert [change.after for change in coded.changes] == [coded.text]
        said = hand_texts.decode(coded.codes, lambda _: small_book())
        assert (said.degree, said.number, said.text) == (Degree.SECRET, 7, coded.text)


def test_a_cable_is_filled_to_a_standard_length() -> None:
    for length in (30, 60, 0):
        codes, text = hand_syllabary.encode(HEADING, "Đã nhận.", length, capitals=False)
        assert len(codes) == (length or 30)
        assert hand_syllabary.decode(codes) == (HEADING, text)
    assert form.standard_lengths(0)[0] == 30
    for length in (45, 30):
        with pytest.raises(FormatError):
            hand_syllabary.encode(HEADING, "nghiêng " * 60, length, capitals=False)


def test_a_text_without_a_heading_is_no_cable() -> None:
    for text in ("Đã nhận.", "4000412\nĐã nhận", "40000412\nĐã nhận.", "00000412"):
        with pytest.raises(FormatError):
            hand_syllabary.decode(syllabary_text.encode(text, SYLLABARY))
