"""Sheets for sealed envelopes: one for each secret and end, complete, and the same bytes every time."""

import io

from pypdf import PdfReader

from secmsg import digits
from secmsg.crypto.secret import Secret
from secmsg.papers import envelopes
from secmsg.papers.envelopes import Envelope

SHEETS = tuple(
    Envelope(
        Secret(bytes([number]) * 32), number, here=3, there=12, beginner=3 if number % 2 else 12, made_on=1_790_000_000
    )
    for number in (1, 2)
)


def test_each_secret_stands_on_a_sheet_for_either_end() -> None:
    pages = envelopes.text(SHEETS).split("\f")

    assert [page.splitlines()[0] for page in pages] == [
        "KHÓA DỰ PHÒNG SỐ 1 / Spare key no. 1",
        "KHÓA DỰ PHÒNG SỐ 2 / Spare key no. 2",
    ] * 2
    assert all(digits.parse_groups(page.split("\n\n")[1]) in (b"\1" * 32, b"\2" * 32) for page in pages)
    assert "Cho máy số / For machine: 3" in pages[0]
    assert "Bên bắt đầu / Begins: máy này / this machine" in pages[0]
    assert "Cho máy số / For machine: 12" in pages[2]
    assert "Bên bắt đầu / Begins: máy kia / the other" in pages[2]


def test_the_pdf_has_a_page_for_each_and_is_the_same_every_time() -> None:
    first, second = envelopes.pdf(SHEETS), envelopes.pdf(SHEETS)

    assert first == second
    assert len(PdfReader(io.BytesIO(first)).pages) == 4
