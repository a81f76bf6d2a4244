"""Pictures are read by the checking process; whatever it says, this one has a sentence for it."""

import pytest

from secmsg import program
from secmsg.errors import FormatError
from secmsg.station import packet_papers, pictures
from secmsg.wire import base45_text, groups
from tests.helpers.papers import pictures as drawn
from tests.helpers.papers import words
from tests.unit.metadata.test_codes import _saved, png

PACKET = bytes(range(256)) + bytes(84)


def test_a_packet_comes_back_from_its_pictures_and_from_its_sheet() -> None:
    (picture,) = packet_papers.pictures(PACKET)
    sheet = packet_papers.fax(PACKET, 22)
    (faxed,) = drawn(sheet, dpi=200)

    for data in (picture, _saved(faxed.convert("1"))):
        assert pictures.is_picture(data)
        assert base45_text.joined(map(base45_text.decode, pictures.codes(data))) == PACKET
    assert len(packet_papers.pictures(bytes(1_200))) == 3


def test_each_bad_picture_has_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, said in (
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (bytes(pictures.MAX_SIZE + 1), "too large"),
        (packet_papers.pictures(PACKET)[0][:500], "damaged"),
    ):
        with pytest.raises(FormatError, match=said):
            pictures.codes(data)
    for script in ("import os; os.abort()", "print('x' * 99999)", "print('{}')"):
        monkeypatch.setattr(program, "_APART", script)
        with pytest.raises(FormatError, match="cannot be read"):
            pictures.codes(png("A"))


def test_the_sheet_holds_every_group_in_its_line() -> None:
    spoken = groups.encode(PACKET, 22)
    told = words(packet_papers.fax(PACKET, 22))

    for number, line in enumerate(groups.lines(spoken)):
        assert f"{number} {' '.join(line)} {number}" in told
