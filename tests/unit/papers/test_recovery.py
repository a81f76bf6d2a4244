"""The recovery sheet: what is printed opens the vault again."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from secmsg import digits
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.papers import recovery
from secmsg.papers.recovery import RecoverySheet
from secmsg.store import vault
from secmsg.store.vault import Passphrase, Sheet
from tests.helpers.seeded_random import seeded
from tests.helpers.stores import CHEAP, MASTER, STORE_ID

STATION = "Đại sứ quán Việt Nam tại Cộng hòa Pháp"


def sheet(secret: Secret, station: str = STATION, place: str = "Paris") -> RecoverySheet:
    return RecoverySheet(secret, station, place, STORE_ID, date(2026, 11, 22))


def words_of(pdf: bytes) -> str:
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    return reader.pages[0].extract_text()


def groups_in(text: str) -> str:
    return " ".join(re.findall(r"(?<!\d)\d{5}(?!\d)", text))


def test_the_printed_groups_open_the_vault(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    officer = Passphrase(Secret(b"forgotten"), None)
    secret = vault.create(path, STORE_ID, MASTER, officer, cost=CHEAP, random=seeded(b"v"))

    for printed in (words_of(recovery.pdf(sheet(secret))), recovery.text(sheet(secret))):
        typed = Secret(digits.parse_groups(groups_in(printed)))
        assert vault.open_(path, Sheet(typed), floor=CHEAP, random=seeded(b"o")).master == MASTER


def test_the_sheet_says_what_it_is_in_both_languages() -> None:
    pdf = recovery.pdf(sheet(Secret(b"r" * 32)))

    for printed in (words_of(pdf), recovery.text(sheet(Secret(b"r" * 32)))):
        for phrase in (
            "PHIẾU KHÔI PHỤC",
            "Recovery sheet",
            STATION,
            "Paris",
            "22/11/2026",
            "0001 0203",
            "NIÊM PHONG",
        ):
            assert phrase in printed
        flowing = " ".join(printed.split())
        for phrase in ("secmsg station recover", "secmsg authority recover", "--by-sheet", "rồi tiêu hủy phiếu này"):
            assert phrase in flowing
        # Four bytes of the store's name are enough to tell two envelopes apart.
        assert STORE_ID.hex()[8:] not in printed.lower().replace(" ", "")


def test_the_page_is_a4_and_carries_its_own_fonts() -> None:
    reader = PdfReader(io.BytesIO(recovery.pdf(sheet(Secret(b"r" * 32)))))

    page = reader.pages[0]

    assert [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842]
    fonts = page["/Resources"].get_object()["/Font"].get_object().values()  # type: ignore[index]  # untyped PDF objects
    bases = {str(font.get_object()["/BaseFont"]) for font in fonts}
    assert {base.split("+")[-1] for base in bases if "+" in base} >= {
        "BeVietnamPro-Regular",
        "JetBrainsMono-Regular",
    }


def test_the_same_sheet_is_the_same_file_and_another_is_not() -> None:
    one = recovery.pdf(sheet(Secret(b"r" * 32)))

    assert one == recovery.pdf(sheet(Secret(b"r" * 32)))
    assert one != recovery.pdf(sheet(Secret(b"s" * 32)))


def test_nothing_of_the_secret_is_in_the_description_of_the_file() -> None:
    made = sheet(Secret(b"r" * 32))

    reader = PdfReader(io.BytesIO(recovery.pdf(made)))

    described = str(dict(reader.metadata or {}))
    assert not re.search(r"\d{5} \d{5}", described)
    assert STATION not in described
    assert "r" * 8 not in repr(made)


@pytest.mark.parametrize(
    "name", ["<b>Sứ quán</b> & <font size=99>", "S" * 300, "Sứ quán <img src='file:///etc/passwd'/>"]
)
def test_a_name_is_printed_as_it_is_whatever_it_holds(name: str) -> None:
    printed = words_of(recovery.pdf(sheet(Secret(b"r" * 32), name, "")))

    assert "".join(name.split()) in "".join(printed.split())


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_secret_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(FormatError):
        recovery.pdf(sheet(Secret(b"r" * size)))
    with pytest.raises(FormatError):
        recovery.text(sheet(Secret(b"r" * size)))


def test_the_code_holds_the_figures_of_the_groups() -> None:
    made = sheet(Secret(b"r" * 32))

    figures = recovery._groups(made).replace(" ", "")

    assert digits.parse_groups(figures) == b"r" * 32
    # In print it is drawn as squares, one per dark module.
    dark = sum(map(sum, recovery._code(figures)))
    content = PdfReader(io.BytesIO(recovery.pdf(made))).pages[0].get_contents()
    assert content is not None
    assert content.get_data().count(b" re f") >= dark
