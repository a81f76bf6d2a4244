"""Make the vectors of the sheets in place of the codebook; those of the boards are public ones, with their source."""

from collections.abc import Iterator

from secmsg.manual import syllabary_text
from secmsg.manual.board import ENGLISH, decode_vietnamese, encode_vietnamese
from tests.helpers.manual import SYLLABARY
from tests.vectors import frame
from tests.vectors.frame import Test

PAGE = "syllabary.md"
CABLE = "Đại sứ quán đã nhận điện 0412. Sẽ báo cáo trước 18 giờ ngày 23."
OTPY = "35mpded/otpy-framework, docs/the_otp_cipher.md; the eighth group of its ciphertext is misprinted and left out"


def made() -> dict[str, str]:
    """Return the two files."""
    return {
        "syllabary": frame.text(PAGE, [*_texts(), *_refused()]),
        "boards": frame.text(PAGE, [*_boards(), *_no_boards()]),
    }


def _texts() -> Iterator[Test]:
    for name, text, capitals in (
        ("a cable", CABLE, False),
        ("one syllable", "người", False),
        ("no onset, and an onset that is two letters of another", "Ông già gìn giữ giếng, quý quốc ghé nghe.", False),
        ("capitals and names", "Ngọc Hoà gặp António Guterres ở Đắk Lắk", True),
        ("a rare syllable is spelled", "boong đoành", False),
        ("numbers", "Tổng 1.250,5 USD; 17:30 ngày 23/11; 12345678901234567890 (COVID-19): 30%", True),
        ("signs", 'Ai? Đây! "Đã nhận"; hết...\nDòng hai', False),
        ("decomposed, tones on the second vowel", "Tho\u0309a thuận: thoả thuận, khoẻ", False),
    ):
        codes = syllabary_text.encode(text, SYLLABARY, capitals=capitals)
        reads = syllabary_text.decode(codes, SYLLABARY)
        flags = ["example"] if name == "a cable" else []
        yield frame.ok(name, *flags, text=text, capitals=capitals, codes=" ".join(codes), reads=reads)
    yield frame.ok("any fill", codes=f"0000 0001 {_figures('70009977')}", reads="A")


def _figures(figures: str) -> str:
    return " ".join(figures[at : at + 4] for at in range(0, len(figures), 4))


def _refused() -> Iterator[Test]:
    for name, text, flag in (
        ("no text", " \n "[:1], "length"),
        ("a script that has no cells", "chào 你好", "text"),
        ("a small picture", "tốt \N{THUMBS UP SIGN}", "text"),
        ("a control character", "a\x07b", "text"),
        ("a sign that has no cell", "100 €", "text"),
        ("a letter that has no figures", "Straße", "text"),
        ("too long", "nghiêng " * 1_000, "length"),
    ):
        yield frame.no(name, "FormatError", flag, text=text, capitals=False)
    for name, codes, flag in (
        ("a codebook's edition", "0001 0001 7000 9900", "rule"),
        ("another edition of the sheet", "0000 0002 7000 9900", "context"),
        ("no codes", "0000 0001", "length"),
        ("no end", "0000 0001 7000", "length"),
        ("cut in a rime", "0000 0001 7050", "length"),
        ("a run that goes on with a stop", "0000 0001 " + _figures("950" + "123456789" + "91" + "99"), "rule"),
        ("a letter above z", "0000 0001 " + _figures("971" + "26" + "99" + "0"), "bound"),
        ("letters that spell no word", "0000 0001 " + _figures("961" + "00" + "99" + "0"), "rule"),
        ("a code of five figures", "0000 0001 70009 9000", "length"),
    ):
        yield frame.no(name, "FormatError", flag, codes=codes)


def _boards() -> Iterator[Test]:
    text = "MEET/ME/2DAY/AT/1130"
    assert ENGLISH.encode(text)[:36] == "295516929569682682206669016968113068"
    yield frame.ok(
        "AT ONE SIR",
        "example",
        source=OTPY,
        do="english",
        text=text,
        figures="295516929569682682206669016968113068",
    )
    yield frame.ok(
        "AT ONE SIR with a pad, subtracted",
        source=OTPY,
        do="subtract",
        figures="29551692956968268220666901696811306",
        key="37541683271063807532295227116268496",
        gives="92010019785905461798471784580653910",
    )
    yield frame.ok(
        "A S I N T O E R",
        source="dimview.org 2017",
        do="board",
        top="A_SIN_TOER",
        rows=["BCDFGHJKLM", "PQUVWXYZ#/"],
        text="HELLOWORLD",
        figures="1581818754791812",
        key="OCRYNNDETTMA",
        gives="8690372166557902",
    )
    for plain, key, gives in (("HELLO", "XMCKL", "EQNVZ"), ("SECRETMESSAGE", "CIJTHUUHMLFRU", "UMLKLNGLEDFXY")):
        yield frame.ok(f"letters: {plain}", source="textbooks", do="letters", text=plain, key=key, gives=gives)
    yield frame.ok(
        "DIANA",
        source="Programming Praxis, 19 December 2014",
        do="reciprocal",
        text="ATTACKATDAWNXYZ",
        key="GORWYWETFRCOYET",
        gives="TSPDZTVNRIBYEXH",
    )
    yield frame.ok("Damm's own example", source="H. M. Damm, Marburg 2004", do="damm", figures="572", gives=4)
    number = "A1689B6868"
    yield frame.ok("a number that holds the shift", do="english", text=number, figures=ENGLISH.encode(number))
    for words in ("đại sứ quán đã nhận điện 0412.", "người nghiêng giếng sâu"):
        figures = encode_vietnamese(words)
        yield frame.ok(f"Vietnamese: {words}", do="vietnamese", text=decode_vietnamese(figures), figures=figures)


def _no_boards() -> Iterator[Test]:
    for name, do, figures in (
        ("an end in a letter", "english", "2"),
        ("a number without an end", "english", "6812"),
        ("no number between shifts", "english", "6868"),
        ("no figures", "english", "12a"),
        ("letters that are no syllable", "vietnamese", "88"),
    ):
        yield frame.no(name, "FormatError", "length", do=do, figures=figures)
