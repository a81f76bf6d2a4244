"""QR codes in pictures: read, or one of four plain reasons why not; nothing is unpacked beyond the bounds."""

import io
import json

import pytest
import segno
from PIL import Image

from secmsg.errors import FormatError
from secmsg.metadata import __main__ as process
from secmsg.metadata import code_report, codes
from secmsg.metadata.code_report import CodeReport, Sight


def png(*texts: str, side: int = 400) -> bytes:
    """Return a picture of codes beside each other."""
    picture = Image.new("L", (side * max(1, len(texts)), side), 255)
    for place, text in enumerate(texts):
        buffer = io.BytesIO()
        segno.make(text, error="m", micro=False).save(buffer, kind="png", scale=4)
        picture.paste(Image.open(buffer).convert("L"), (place * side, 0))
    return _saved(picture)


def _saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def test_codes_are_read_from_both_kinds_of_picture() -> None:
    turned = Image.open(io.BytesIO(png("1/1:ABC:"))).rotate(90)

    assert codes.read(png("1/1:ABC:")) == CodeReport(Sight.CODES, ("1/1:ABC:",))
    assert codes.read(_saved(turned, "JPEG")) == CodeReport(Sight.CODES, ("1/1:ABC:",))
    assert set(codes.read(png("MOT", "HAI")).texts) == {"MOT", "HAI"}


def test_a_bad_picture_says_which_kind_of_bad() -> None:
    text = "A" * 300
    picture = Image.open(io.BytesIO(png(text)))
    blotted = picture.copy()
    blotted.paste(255, (90, 60, 210, 240))

    assert codes.read(_saved(Image.new("L", (300, 300), 255))).sight is Sight.NONE
    assert codes.read(_saved(picture.crop((0, 0, picture.width, 120)))).sight is Sight.NONE
    assert codes.read(_saved(blotted)).sight is Sight.BROKEN
    for data in (b"", b"\x89PNG\r\n\x1a\n" + bytes(40), png(text)[:300], _saved(picture, "BMP")):
        assert codes.read(data).sight is Sight.UNREADABLE


def test_a_picture_beyond_the_bounds_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "MAX_POINTS", 100)
    assert codes.read(png("A")).sight is Sight.UNREADABLE
    monkeypatch.undo()
    assert codes.read(b"\x89PNG\r\n\x1a\n" + bytes(codes.MAX_INPUT)).sight is Sight.UNREADABLE


def test_the_process_answers_with_one_line() -> None:
    out = io.BytesIO()

    process.answer(io.BytesIO(b"codes\n" + png("1/1:ABC:")), out)

    assert code_report.decode(out.getvalue()) == CodeReport(Sight.CODES, ("1/1:ABC:",))


def test_a_picture_that_needs_more_memory_than_there_is_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(data: bytes) -> CodeReport:
        raise MemoryError

    monkeypatch.setattr(codes, "read", exhausted)
    out = io.BytesIO()
    process.answer(io.BytesIO(b"codes\n" + png("A")), out)

    assert code_report.decode(out.getvalue()).sight is Sight.UNREADABLE


@pytest.mark.parametrize(
    "said",
    [
        {},
        [],
        {"sight": "codes", "texts": []},
        {"sight": "none", "texts": ["A"]},
        {"sight": "other", "texts": []},
        {"sight": "codes", "texts": [7]},
        {"sight": "codes", "texts": 7},
        {"sight": "codes", "texts": ["A" * 1_025]},
        {"sight": "codes", "texts": ["A"] * 33},
    ],
)
def test_a_report_that_is_none_is_refused(said: object) -> None:
    with pytest.raises(FormatError):
        code_report.decode(json.dumps(said).encode())
