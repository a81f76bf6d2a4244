"""What a file gives away is named, taken out, and the content stays as it was."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from pikepdf import Pdf
from PIL import Image

from secmsg.errors import FormatError
from secmsg.metadata import cleaning, exif, jpeg, report
from secmsg.metadata.__main__ import answer
from secmsg.metadata.report import Found, Outcome, Report, Trace, found
from tests.helpers import telling_files as files
from tests.helpers.telling_files import TELLING, WORD


def clean(data: bytes) -> tuple[Report, bytes]:
    return cleaning.clean(data)


def _unpacked(data: bytes) -> bytes:
    """Give everything that a reader of the file could find, unpacked."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return b"".join([package.comment, *(package.read(name) for name in package.namelist())])
    if data.startswith(b"%PDF"):
        with Pdf.open(io.BytesIO(data)) as pdf:
            out = io.BytesIO()
            pdf.save(out, qdf=True, static_id=True)
            return out.getvalue()
    return data


@pytest.mark.parametrize("kind", TELLING)
def test_nothing_of_what_was_beside_the_content_is_left(kind: str) -> None:
    data = TELLING[kind]()
    assert WORD.encode() in _unpacked(data)  # the control: it is there before

    told, cleaned = clean(data)

    assert told.outcome is Outcome.REMOVABLE
    assert WORD.encode() not in _unpacked(cleaned)
    assert WORD.encode("utf-16-le") not in _unpacked(cleaned)
    assert told.left == ()
    assert told.size == len(cleaned)


@pytest.mark.parametrize("kind", TELLING)
def test_a_cleaned_file_is_clean_and_the_same_every_time(kind: str) -> None:
    _, first = clean(TELLING[kind]())
    told, second = clean(first)

    assert told.outcome is Outcome.CLEAN
    assert told.found == ()
    assert second == first


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff"])
def test_not_one_pixel_changes_and_the_picture_stays_upright(kind: str) -> None:
    data = TELLING[kind]()

    _, cleaned = clean(data)

    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(cleaned))
    assert after.tobytes() == before.tobytes()
    assert after.size == before.size
    assert after.getexif().get(0x0112, 1) == before.getexif().get(0x0112, 1)
    assert after.info.get("icc_profile") == before.info.get("icc_profile")


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_the_officer_is_told_what_was_found(kind: str) -> None:
    told, _ = clean(TELLING[kind]())

    for each in (
        Found(Trace.POSITION, files.POSITION),
        Found(Trace.AUTHOR, f"{WORD} Nguyen"),
        Found(Trace.DEVICE, f"{WORD} 15 Pro"),
        Found(Trace.SOFTWARE, f"{WORD} OS 9"),
        Found(Trace.TIME, "2026:11:20 10:20:30"),
    ):
        assert each in told.found


def test_a_pdf_keeps_its_page_its_note_and_its_photograph() -> None:
    told, cleaned = clean(files.pdf())

    assert {each.trace for each in told.found} >= {Trace.AUTHOR, Trace.SOFTWARE, Trace.TIME, Trace.POSITION}
    with Pdf.open(io.BytesIO(cleaned)) as pdf:
        page = pdf.pages[0].obj
        assert b"the text stays" in page.Contents.read_bytes()
        assert str(page.Annots[0].Contents) == "stays"
        photograph = page.Resources.XObject.Im.read_raw_bytes()
    assert Image.open(io.BytesIO(photograph)).tobytes() == Image.open(io.BytesIO(files.jpeg())).tobytes()


def test_earlier_versions_of_a_pdf_go() -> None:
    data = files.pdf()
    old = data + b"\n%" + WORD.encode() + b"\n" + data[data.rindex(b"startxref") :]

    told, cleaned = clean(old)

    assert any(each.trace is Trace.HISTORY for each in told.found)
    assert WORD.encode() not in _unpacked(cleaned)


def test_an_office_text_keeps_its_words_and_its_pictures() -> None:
    told, cleaned = clean(files.docx())

    with zipfile.ZipFile(io.BytesIO(cleaned)) as package:
        assert b"the text stays" in package.read("word/document.xml")
        assert "docProps/thumbnail.jpeg" not in package.namelist()
        assert b"thumbnail" not in package.read("_rels/.rels")
        assert b"word/document.xml" in package.read("_rels/.rels")
        pictured = Image.open(io.BytesIO(package.read("word/media/image1.jpeg")))
    assert pictured.tobytes() == Image.open(io.BytesIO(files.jpeg())).tobytes()
    assert Found(Trace.AUTHOR, WORD) in told.found


def test_what_is_signed_stays_as_it_is_and_is_said() -> None:
    signed_office = files.office({"_xmlsignatures/sig1.xml": "<Signature/>"})
    for data in (files.pdf(signed=True), signed_office):
        told, same = clean(data)
        assert told.outcome is Outcome.SIGNED
        assert same == data


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"plain text", Outcome.UNKNOWN),
        (b"", Outcome.UNKNOWN),
        (b"PK\x03\x04 no archive", Outcome.UNREADABLE),
        (b"%PDF-1.7 nothing", Outcome.UNREADABLE),
        (b"\xff\xd8\xff\xe0\xff\xff", Outcome.UNREADABLE),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR", Outcome.UNREADABLE),
        (b"II*\x00\xff\xff\xff\xff", Outcome.UNREADABLE),
        (b"RIFF\xff\xff\xff\xffWEBP", Outcome.UNREADABLE),
    ],
)
def test_what_is_not_known_or_cannot_be_read_is_named_so(data: bytes, outcome: Outcome) -> None:
    assert clean(data) == (Report(outcome, size=len(data)), data)


def test_an_ordinary_archive_is_not_known_and_an_encrypted_document_cannot_be_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", WORD)
    assert clean(out.getvalue())[0].outcome is Outcome.UNKNOWN
    assert clean(files.pdf(password="secret"))[0].outcome is Outcome.UNREADABLE
    assert clean(files.office({"word/document.xml": "x".encode("utf-16")}))[0].outcome is Outcome.UNREADABLE


def test_directories_of_a_tiff_that_go_round_are_refused() -> None:
    loop = b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + b"\x08\x00\x00\x00"
    assert clean(loop)[0].outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("kind", TELLING)
def test_no_damage_makes_the_cleaning_fail_otherwise_than_by_saying_so(kind: str) -> None:
    chance = random.Random(kind)
    good = TELLING[kind]()
    for _ in range(25 if kind == "pdf" else 60):
        data = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.choice((0, 0xFF, 0x7F, chance.randrange(256)))
        cut = bytes(data[: chance.randint(0, len(data))] if chance.random() < 0.3 else data)

        told, same = clean(cut)

        assert told.removable or same == cut


def test_exif_of_any_bytes_is_told_and_never_fails() -> None:
    chance = random.Random(1)
    for size in (0, 1, 5, 6, 14, 60, 600):
        block = b"Exif\x00\x00MM\x00*" + chance.randbytes(size)
        assert all(isinstance(each, Found) for each in exif.describe(block))
        assert 1 <= exif.orientation(block) <= 8


def test_a_picture_without_anything_to_tell_is_clean() -> None:
    out = io.BytesIO()
    files.picture().save(out, "JPEG")
    told, cleaned = clean(out.getvalue())
    assert told.outcome is Outcome.CLEAN
    assert cleaned == out.getvalue()


def test_a_progressive_jpeg_with_restarts_stays_whole() -> None:
    out = io.BytesIO()
    files.picture().save(out, "JPEG", progressive=True, restart_marker_rows=1, comment=b"x")
    cleaned, seen = jpeg.clean(out.getvalue())
    assert seen == [found(Trace.COMMENT, "x")]
    assert Image.open(io.BytesIO(cleaned)).tobytes() == Image.open(io.BytesIO(out.getvalue())).tobytes()


def test_a_report_comes_back_from_its_line_and_holds_nothing_that_cannot_be_seen() -> None:
    told = Report(Outcome.REMOVABLE, (found(Trace.AUTHOR, "Nguyễn\u202e\x00\nVăn" + "x" * 900),), (), 7)
    assert report.decode(report.encode(told)) == told
    assert told.found[0].value.startswith("Nguyễn Văn")
    assert len(told.found[0].value) <= report.MAX_VALUE


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"[]", b'{"outcome":"clean","found":[["x","y"]],"left":[],"size":0}', b"[" * 99_999,
     b'{"outcome":"clean","found":[],"left":[],"size":-1}'],
)  # fmt: skip
def test_a_report_that_is_none_is_refused(line: bytes) -> None:
    with pytest.raises(FormatError):
        report.decode(line)


def test_a_report_has_a_bound() -> None:
    many: Callable[[int], Found] = lambda n: found(Trace.OTHER, n)  # noqa: E731
    assert len(report.bounded(many(n) for n in range(500))) == report.MAX_TRACES


def test_a_tiff_keeps_its_pictures_where_they_lay_and_loses_its_other_directories() -> None:
    data = files.tiff_with_position()

    told, cleaned = clean(data)

    assert told.outcome is Outcome.REMOVABLE
    assert {each.value for each in told.found} >= {"Exif", "GPS", "Software", "Artist"}
    assert len(cleaned) == len(data)
    assert cleaned[-64:] == data[-64:]
    # The first directory has lost three of its nine entries, the one under it one of two.
    assert int.from_bytes(cleaned[8:10], "little") == 6
    assert int.from_bytes(cleaned[122:124], "little") == 1


def test_the_process_answers_what_it_is_asked_and_no_more() -> None:
    for word, more in ((b"inspect", False), (b"clean", True), (b"junk", False)):
        out = io.BytesIO()
        answer(io.BytesIO(word + b"\n" + files.png()), out)
        line, _, rest = out.getvalue().partition(b"\n")
        told = report.decode(line)
        assert told.outcome is Outcome.REMOVABLE
        assert len(rest) == (told.size if more else 0)
    out = io.BytesIO()
    answer(io.BytesIO(b"clean\ntext"), out)
    assert out.getvalue().count(b"\n") == 1
