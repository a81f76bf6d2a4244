"""What is fuzzed of the codebook: its file, the file of a supplement, and the codes that a message holds."""

from collections.abc import Iterator

from secmsg.errors import FormatError
from secmsg.manual import codebook_file, decoding, encoding, form, supplement
from secmsg.manual.codebook import Entry, Kind
from secmsg.manual.form import Form
from secmsg.manual.supplement import Supplement
from tests.fuzz.target import NotTheSameError, Target
from tests.helpers.small_book import small_book

_BOOK = small_book()
_WORDS = (Entry("9900", "sân bay Nội Bài", Kind.SUPPLEMENT), Entry("9907", "cảng", Kind.SUPPLEMENT))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _book(data: bytes) -> object:
    """Read a book; what is taken must be the one file of it."""
    book = codebook_file.parse(_text(data))
    if codebook_file.write(book) != _text(data).removesuffix("\n") + "\n":
        raise NotTheSameError
    return book


def _supplement(data: bytes) -> object:
    found = supplement.parse(_text(data))
    if supplement.write(found) != _text(data).removesuffix("\n") + "\n":
        raise NotTheSameError
    return found


def _codes(data: bytes) -> object:
    """Read any codes piece by piece, then as a cable; neither may leave in another way than by its own words."""
    figures = "".join(chr(each) for each in data if 48 <= each < 58)
    codes = tuple(figures[at : at + 4] for at in range(0, len(figures) - 3, 4))
    shown = decoding.read(codes, _BOOK)
    if sum(piece.codes for piece in shown) != len(codes):
        raise NotTheSameError
    return form.decode(codes, _BOOK)


def _typed(data: bytes) -> object:
    """Encode any text: it comes back with the changes that were announced, or it is refused."""
    made = encoding.encode(_text(data), _BOOK)
    if decoding.decode(made.codes, _BOOK) != made.text:
        raise NotTheSameError
    return made


def _forms() -> Iterator[bytes]:
    for text in ("Báo cáo kết quả, 1.250 USD 😀", "ông Blinken gặp UNHCR: số 5 3"):
        codes = encoding.encode(text, _BOOK, repeat_numbers=True).codes
        yield " ".join(form.encode(Form(7, Kind.SECRET, Kind.FLASH, 45, codes), _BOOK)).encode()


def _texts() -> Iterator[bytes]:
    yield "Bộ Trưởng Nguyễn Văn An: “hoà bình” – 1.250 USD, 18:30 (F16)…\r\nMcDonald 北 a@b.vn".encode()


HAND = (
    Target("codebook", _book, lambda: [codebook_file.write(_BOOK).encode()], longest=40_000),
    Target("supplement", _supplement, lambda: [supplement.write(Supplement(3, _WORDS)).encode()], longest=1_024),
    Target("hand-codes", _codes, _forms, (FormatError,), longest=1_024),
    Target("hand-text", _typed, _texts, longest=256),
)
