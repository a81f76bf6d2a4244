"""Make the vectors of the codebook: codes that are read, texts that are encoded, whole cables, files, what is refused.

The book is the small one of the tests; `given` holds its file.
"""

from collections.abc import Iterator

from secmsg.manual import codebook_file, form
from secmsg.manual.capitals import Capitals
from secmsg.manual.codebook import Kind
from secmsg.manual.decoding import decode
from secmsg.manual.encoding import encode
from secmsg.manual.form import Form
from tests.helpers.small_book import small_book
from tests.vectors import frame
from tests.vectors.frame import Test

BOOK = small_book()
FILE = codebook_file.write(BOOK)
CODES = {entry.text: entry.code for entry in BOOK.entries}
PAIRS = {entry.text: entry.code for entry in BOOK.by_kind[Kind.BIGRAPH]}
TEXT = "Báo cáo Bộ trưởng: ông Blinken gặp đồng chí Nguyễn Văn Hà lúc 18:30 ngày 23/10 (3,5%), hoà – “F16”."


def made() -> dict[str, str]:
    """Return the one file."""
    tests = [*_read(), *_encoded(), *_forms(), *_refused()]
    return {"codebook": frame.text("codebook.md", tests, given={"file": FILE})}


def _codes(*what: str | Kind) -> list[str]:
    said = []
    for each in what:
        if isinstance(each, Kind):
            said.append(BOOK.code(each))
        else:
            said.append(PAIRS[each[1:]] if each.startswith("~") else CODES[each])
    return said


def _read() -> Iterator[Test]:
    for name, what in (
        ("signs and spaces",
         ("là", Kind.COMMA, "hai", Kind.COLON, Kind.BRACKET_OPEN, "an", Kind.BRACKET_CLOSE, Kind.STOP)),
        ("quotation marks after a stop", ("là", Kind.STOP, Kind.QUOTE_OPEN, "hai", Kind.QUOTE_CLOSE, "an")),
        ("lines and dashes", (Kind.DASH, "việc", Kind.PARAGRAPH, Kind.DASH, "về", Kind.DASH, "an")),
        ("numbers", ("18", "45", Kind.SPACE, "5", Kind.POINT, "00", "0", Kind.DECIMAL, "5", Kind.PERCENT, "2025", "0")),
        ("a colon between figures", ("18", Kind.COLON, "30", Kind.COLON, "an")),
        ("a number said twice", ("04", "5", Kind.REPEAT, "0", "45", "an")),
        ("single letters and figures", ("f", "16", "an", "5", "a", Kind.HYPHEN, "18", "h", "30", "ql", Kind.JOIN, "1")),
        ("spelled words", ("bl", "~in", "ke", "n", Kind.SPACE, "un", Kind.SLASH, "km", Kind.POINT, "vn", "an")),
        ("a word in Telex", (Kind.SPELL, "dd", "aw", "ks", "an", Kind.STOP, Kind.SPELL, "oo", "ng", "z")),
        ("characters", ("m", Kind.CHARACTER, "00", "02", "52", "ll", "er", Kind.CHARACTER, "00", "00", "36", "5")),
        ("capitals of the next words", (Kind.CAPITAL_3, "đại sứ", "18", "hai", "ba")),
        ("one word in capitals, one in small letters",
         (Kind.UPPER, "un", "hc", "r", Kind.LOWER, "Hà Nội", Kind.LOWER, "ok")),
        ("everything in capitals", (Kind.CAPITALS_ON, "là", "ok", Kind.CAPITALS_OFF, "hai")),
        ("no space, and no sentence after it", ("là", Kind.STOP, Kind.JOIN, "hai", Kind.JOIN, "an")),
        ("controls that say nothing here", (Kind.SPACE, "là", Kind.NULL_1, Kind.JOIN, Kind.SPACE, "hai")),
        ("abbreviations and headings", ("tuyệt mật", "v.v.", "hai", "ngày 23", "18", "24/7")),
    ):  # fmt: skip
        codes = _codes(*what)
        yield frame.ok(
            name,
            "example" if name == "numbers" else "bound",
            do="read",
            codes=" ".join(codes),
            text=decode(codes, BOOK),
        )


def _encoded() -> Iterator[Test]:
    for capitals in Capitals:
        found = encode(TEXT, BOOK, capitals=capitals)
        changes = [[each.place, each.before, each.after] for each in found.changes]
        yield frame.ok(
            f"a text, capitals {capitals}", do="encode", given=TEXT, capitals=capitals.value,
            codes=" ".join(found.codes), changes=changes, text=found.text,
        )  # fmt: skip


def _forms() -> Iterator[Test]:
    text = encode("Xin ý kiến chỉ đạo.", BOOK)
    for null in form.NULLS:
        whole = Form(7, Kind.TOP_SECRET, Kind.IMMEDIATE, 387, text.codes, null)
        yield frame.ok(
            f"a cable, {null}", do="cable", codes=" ".join(form.encode(whole, BOOK)), degree="top-secret",
            urgency="immediate", number=387, text=text.text, null=null.value,
        )  # fmt: skip


def _refused() -> Iterator[Test]:
    codes = list(form.encode(Form(7, Kind.SECRET, Kind.FLASH, 1, tuple(_codes("là"))), BOOK))
    for name, flag, what in (
        ("a code that the book has not", "bound", ["1000", "8999"]),
        ("spelling of nothing", "rule", _codes(Kind.SPELL, "là")),
        ("spelling without a tone", "rule", _codes(Kind.SPELL, "bl", "a")),
        ("a character of two numerals", "length", _codes(Kind.CHARACTER, "00", "36", "là")),
        ("a control character", "text", _codes(Kind.CHARACTER, "00", "00", "07")),
        ("a number repeated otherwise", "rule", _codes("18", "45", Kind.REPEAT, "18", "46")),
    ):
        yield frame.no(name, "FormatError", flag, do="read", codes=" ".join(what))
    for name, flag, what in (
        ("another edition", "context", ["0008", *codes[1:]]),
        ("no edition", "bound", ["0000", *codes[1:]]),
        ("an urgency in the place of the degree", "rule", [codes[0], codes[2], *codes[2:]]),
        ("number nought", "bound", [*codes[:3], "0000", "0000", "0000", *codes[6:]]),
        ("number above 99 999", "bound", [*codes[:3], "0010", "0000", "0000", *codes[6:]]),
        ("no text", "length", [*codes[:6], *codes[7:]]),
        ("no end", "length", codes[:7]),
        ("no null", "length", codes[:8]),
        ("something after the end", "rule", [*codes[:-1], "1000"]),
        ("two classes of nulls", "rule", [*codes[:-1], BOOK.code(Kind.NULL_2)]),
    ):
        yield frame.no(name, "FormatError", flag, do="cable", codes=" ".join(what))
    for name, flag, before, after in (
        ("a first line of another form", "bound", "codebook 1", "codebook 2"),
        ("an edition with a nought before it", "canonical", "edition: 7", "edition: 07"),
        ("a line of two columns", "length", "0001\tnumeral\t01", "0001\tnumeral"),
        ("an unknown kind", "bound", "0001\tnumeral", "0001\tnumber"),
        ("a kind outside its range", "bound", "1000\tsyllable", "1000\tphrase"),
        ("codes that don't rise", "rule", "0001\tnumeral\t01", "0000\tnumeral\t01"),
        ("a text twice", "rule", "\tplace\tHà Nội", "\tplace\tHuế"),
        ("out of the order of the dictionary", "rule", "\tplace\tHà Nội", "\tplace\tYên Bái"),
        ("a tone on the second vowel", "canonical", "\tphrase\tbáo cáo", "\tphrase\thoà bình"),
        ("a letter that is missing", "length", f"{PAIRS['zz']}\tbigraph\tzz\n", ""),
        ("a sign that is missing", "length", f"{BOOK.code(Kind.STOP)}\tstop\t«stop»\n", ""),
    ):
        yield frame.no(name, "FormatError", flag, do="file", before=before, after=after)
