"""A text in codes comes back as it was, or with exactly the changes that were announced."""

import unicodedata

import pytest

from secmsg.errors import FormatError
from secmsg.manual.changes import ChangeKind
from secmsg.manual.codebook import Kind
from secmsg.manual.decoding import decode, read
from secmsg.manual.encoding import Capitals, Choice, Encoding, alternatives, encode
from tests.helpers.small_book import small_book

BOOK = small_book()
CODES = {entry.text: entry.code for entry in BOOK.entries}
CODES |= {f"~{entry.text}": entry.code for entry in BOOK.by_kind[Kind.BIGRAPH]}


DECOMPOSED = unicodedata.normalize("NFD", "hội")


def said(text: str, capitals: Capitals = Capitals.NAMES) -> Encoding:
    encoding = encode(text, BOOK, capitals=capitals)
    assert decode(encoding.codes, BOOK) == encoding.text
    return encoding


def codes(*what: str | Kind) -> tuple[str, ...]:
    return tuple(BOOK.code(each) if isinstance(each, Kind) else CODES[each] for each in what)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Báo cáo kết quả hội đàm.", ("báo cáo", "kết quả", "hội đàm", Kind.STOP)),
        ("Đại sứ quán Pháp", ("đại sứ quán", "Pháp")),
        ("Thành phố Hồ Chí Minh", ("Thành phố Hồ Chí Minh",)),
        ("Ngày 23 tháng 10 năm 2026", ("ngày 23", "tháng 10", "năm 2026")),
        ("Ngày 03/10/2025", ("ngày", "03", Kind.SLASH, "10", Kind.SLASH, "2025")),
        ("Lúc 18:30", ("lúc", "18", Kind.COLON, "30")),
        ("Lúc 18 giờ 30", ("lúc", "18", "giờ", "30")),
        ("Số 045", ("số", "04", "5")),
        ("Số 0", ("số", "0")),
        ("Số 5 3", ("số", "5", Kind.SPACE, "3")),
        ("3,5%", ("3", Kind.DECIMAL, "5", Kind.PERCENT)),
        ("1.250.000 USD", ("1", Kind.POINT, "25", "0", Kind.POINT, "00", "0", "USD")),
        ("Là -5", ("là", Kind.SPACE, Kind.HYPHEN, "5")),
        ("F16", ("f", "16")),
        ("QL1", (Kind.UPPER, "ql", Kind.JOIN, "1")),
        ("Ông", (Kind.SPELL, "oo", "ng", "z")),
        ("Gặp Blinken", ("gặp", "bl", "~in", "ke", "n")),
        ("Kim Jong Un", ("ki", "m", Kind.SPACE, "jo", "ng", Kind.SPACE, "un")),
        ("Gặp UNHCR", ("gặp", Kind.UPPER, "un", "hc", "r")),
        ("Gặp McDonald", ("gặp", "mc", Kind.JOIN, "do", "na", "ld")),
        ("Gặp Lê Nam An", ("gặp", Kind.CAPITAL_1, Kind.SPELL, "le", "ez", Kind.CAPITAL_1, "nam", "~an")),
        ("Là, Văn Hà", ("là", Kind.COMMA, Kind.CAPITAL_2, "văn", "hà")),
        ("Gặp Nguyễn Văn Hà", ("gặp", "Nguyễn Văn", Kind.CAPITAL_1, "hà")),
        ("Là Nguyễn Văn An", ("là", "Nguyễn Văn", "~an")),
        ("Là, Nam Nguyễn Hà", ("là", Kind.COMMA, Kind.CAPITAL_3, "nam", "Nguyễn", "hà")),
        ("Müller", ("m", Kind.CHARACTER, "00", "02", "52", "ll", "er")),
        ("Là 北", ("là", Kind.CHARACTER, "02", "12", "71")),
        ("Là 😀", ("là", Kind.CHARACTER, "12", "85", "12")),
        ("(Là) \"là\"", (Kind.BRACKET_OPEN, "là", Kind.BRACKET_CLOSE, Kind.QUOTE_OPEN, "là", Kind.QUOTE_CLOSE)),
        ("Là \" là \"", ("là", Kind.QUOTE_OPEN, "là", Kind.QUOTE_CLOSE)),
        ("- Việc\n- Về", (Kind.DASH, "việc", Kind.PARAGRAPH, Kind.DASH, "về")),
        ("COVID-19, v.v.", ("COVID-19", Kind.COMMA, "v.v.")),
        ("Là 24/7", ("là", "24/7")),
        ("Là 24 /7", ("là", "24", Kind.SLASH, "7")),
        ("Xin ý kiến chỉ đạo", ("xin ý kiến chỉ đạo",)),
    ],
)  # fmt: skip
def test_text_becomes_the_fewest_codes(text: str, expected: tuple[str | Kind, ...]) -> None:
    assert said(text).codes == codes(*expected)


def test_figures_are_said_twice_where_that_is_asked_for() -> None:
    encoding = encode("Số 1845, 12", BOOK, repeat_numbers=True)

    assert encoding.codes == codes("số", "18", "45", Kind.REPEAT, "18", "45", Kind.COMMA, "12")
    assert decode(encoding.codes, BOOK) == "Số 1845, 12"
    wrong = [*encoding.codes[:5], CODES["46"], *encoding.codes[6:]]
    assert "".join(piece.gap + piece.text for piece in read(wrong, BOOK)) == "Số 1845 [1846?], 12"
    with pytest.raises(FormatError, match="code 4 "):
        decode(wrong, BOOK)


@pytest.mark.parametrize(
    ("text", "kind", "before", "after"),
    [
        ("Là hoà", ChangeKind.TONES, "hoà", "hòa"),
        ("Là " + DECOMPOSED, ChangeKind.COMPOSITION, DECOMPOSED, "hội"),
        ("Là / hai", ChangeKind.SPACING, " ", ""),
        ("Là  hai", ChangeKind.SPACING, "  ", " "),
        ("Là hai ", ChangeKind.SPACING, " ", ""),
        ("Là ,hai", ChangeKind.SPACING, " ", ""),
        ("Là 5km", ChangeKind.SPACING, "", " "),
        ("Hà  Nội", ChangeKind.SPACING, "Hà  Nội", "Hà Nội"),
        ("Là\r\nVề", ChangeKind.SPACING, "\r\n", "\n"),
        ("Là “hai”", ChangeKind.SIGNS, "“", '"'),
        ("Là – hai", ChangeKind.SIGNS, "–", "-"),
        ("Là…", ChangeKind.SIGNS, "…", "..."),
        ("Ở huế", ChangeKind.CAPITALS, "huế", "huế"),
        ("là", ChangeKind.CAPITALS, "là", "Là"),
    ],
)
def test_what_changes_is_announced(text: str, kind: ChangeKind, before: str, after: str) -> None:
    changes = said(text).changes

    if before == after:
        assert changes == ()
        return
    assert (before, after) in [(change.before, change.after) for change in changes]
    first = next(change for change in changes if change.before == before)
    assert text[first.place : first.place + len(before)] == before
    assert first.kind is kind


HEADING = "BỘ NGOẠI GIAO VIỆT NAM\nông An gặp ASEAN, unhcr, iPhone, thủ Tướng, $in ÜBER Được"


def test_capitals_come_back_as_far_as_is_paid_for() -> None:
    few, names, every = (said(HEADING, capitals) for capitals in Capitals)

    assert few.text == "Bộ Ngoại giao Việt Nam\nÔng An gặp ASEAN, Unhcr, Iphone, Thủ tướng, $in Über được"
    assert names.text == "Bộ Ngoại giao Việt Nam\nÔng An gặp ASEAN, Unhcr, iPhone, Thủ tướng, $in ÜBER được"
    assert every.text == HEADING
    assert len(few.codes) < len(names.codes) < len(every.codes)


@pytest.mark.parametrize(
    "text",
    [
        "bộ Trưởng ASEAN asean Huế huế HUẾ",
        "báo cáo. Là. là a b A. 5kg 5Kg 18h30 H5N1 mofa.gov.vn Mofa.Gov j.k.",
        "McĐ Đắk ĐẮK đắk Kpă KPĂ oreál Oreál OREÁL müller MÜLLER Müller ÜBER$in USAn PhD ThS",
        "XIN Ý KIẾN 15 CHỈ ĐẠO Của bộ\nHAI BA",
        "HAI BA MỘT",
        "HAI BA ĐẠI sứ",
        "mÜLler 24/7 24/7",
        "Bộ Trưởng Nguyễn Văn An Nam Hà, Đại Sứ Quán",
    ],
)
def test_with_all_capitals_a_text_is_the_same(text: str) -> None:
    encoding = said(text, Capitals.ALL)

    assert encoding.text == text
    assert encoding.changes == ()


@pytest.mark.parametrize("text", ["a\x00b", "a\u200bb", "a\u202eb", "\ud800", "\ue000", "a\x0bb", "\U000e0001"])
def test_what_cannot_be_carried_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(FormatError, match=r"character [12] \(U\+"):
        encode(text, BOOK)


@pytest.mark.parametrize("text", ["", "  \t ", "a" * 20_001])
def test_no_text_and_too_much_text_are_refused(text: str) -> None:
    with pytest.raises(FormatError):
        encode(text, BOOK)


def test_segments_say_what_stands_for_what() -> None:
    text = "Gặp đại sứ, UNHCR."
    segments = said(text).segments

    assert [(text[s.start : s.end], s.text, s.kind) for s in segments] == [
        ("Gặp", "Gặp", Kind.SYLLABLE),
        ("đại sứ", "đại sứ", Kind.PHRASE),
        (",", ",", Kind.COMMA),
        ("UNHCR", "UNHCR", Kind.BIGRAPH),
        (".", ".", Kind.STOP),
    ]


def test_groups_are_counted_for_words_between_spaces() -> None:
    encoding = said("Báo cáo đại sứ , 1.250 USD.")

    assert encoding.words == 6
    assert encoding.groups_per_100_words == round(100 * len(encoding.codes) / 6, 1)
    assert said("...").groups_per_100_words == 0


# --- the officer's own cuts -------------------------------------------------------------------------------------------


def test_an_officer_may_cut_otherwise() -> None:
    text = "Xin đại sứ quán báo cáo"
    offered = alternatives(text, BOOK, 4)

    assert [text[each.start : each.end] for each in offered][:3] == ["đại sứ quán", "đại sứ", "đại"]
    assert offered[2].codes == codes("đại")
    assert offered[-1].kind is Kind.SPELL
    for choice in offered:
        encoding = encode(text, BOOK, cuts=[choice])
        assert choice.codes in [segment.codes for segment in encoding.segments]
        assert decode(encoding.codes, BOOK) == encoding.text == text


def test_a_cut_holds_against_a_shorter_way_that_begins_before_it() -> None:
    text = "Xin ý kiến chỉ đạo"
    (choice,) = [each for each in alternatives(text, BOOK, 6) if each.kind is Kind.SYLLABLE]

    assert encode(text, BOOK).codes == codes("xin ý kiến chỉ đạo")
    assert codes("kiến")[0] in encode(text, BOOK, cuts=[choice]).codes


@pytest.mark.parametrize(
    "cuts",
    [
        [Choice(1, 3, codes("an"), Kind.SYLLABLE)],
        [Choice(0, 3, codes("an"), Kind.SYLLABLE)],
        [Choice(0, 10, codes("đại sứ"), Kind.PHRASE)],
        [Choice(0, 6, codes("đại sứ"), Kind.PHRASE), Choice(4, 6, codes("sứ"), Kind.SYLLABLE)],
    ],
)
def test_a_cut_that_says_something_else_is_refused(cuts: list[Choice]) -> None:
    with pytest.raises(FormatError, match="does not fit the text"):
        encode("Đại sứ", BOOK, cuts=cuts)


def test_alternatives_of_a_name_are_single_segments() -> None:
    offered = alternatives("Là, Nam Nguyễn Hà", BOOK, 4)

    assert [each.codes for each in offered] == [
        codes("nam"), codes(Kind.CAPITAL_1, "nam"), codes("~na", "m"),
    ]  # fmt: skip


def test_no_choice_begins_inside_a_word() -> None:
    with pytest.raises(FormatError, match="character 2"):
        alternatives("Đại sứ", BOOK, 1)


# --- codes that a person wrote ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (("báo cáo", Kind.NULL_1, "đại sứ", Kind.NULL_2), "Báo cáo đại sứ"),
        ((Kind.SPACE, "là", Kind.SPACE, Kind.JOIN, "hai"), "Làhai"),
        ((Kind.SPACE, "là", Kind.PARAGRAPH, Kind.SPACE, "hai"), "Là\nHai"),
        (("là", Kind.STOP, Kind.JOIN, "hai"), "Là.hai"),
        (("là", Kind.STOP, Kind.QUOTE_OPEN, "hai", Kind.QUOTE_CLOSE), 'Là. "Hai"'),
        ((Kind.CAPITAL_4, "đại sứ quán", "5", "hai", "ba"), "Đại Sứ Quán 5 Hai ba"),
        ((Kind.UPPER, "đại sứ"), "ĐẠI sứ"),
        ((Kind.CAPITALS_ON, "là", "f", "16", Kind.CAPITALS_OFF, "hai"), "LÀ F16 hai"),
        (("2025", "0"), "20250"),
        (("tuyệt mật",), "Tuyệt mật"),
        ((Kind.SPELL, "~ba", "ns", Kind.CHARACTER, "00", "00", "36"), "Bán$"),
    ],
)
def test_codes_are_read_by_the_rules(what: tuple[str | Kind, ...], text: str) -> None:
    assert decode(codes(*what), BOOK) == text


@pytest.mark.parametrize(
    ("what", "shown"),
    [
        (("là", "hai"), "Là [8999?] hai"),
        ((Kind.CHARACTER, "là"), "[8999?] [0135?] là"),
        ((Kind.CHARACTER, "00", "00"), "[8999?] [0135?] 0000"),
        ((Kind.CHARACTER, "00", "00", "00"), "[8999?] [0135?] 000000"),
        ((Kind.SPELL, "bl"), "[8999?] [bl?]"),
        ((Kind.SPELL, "là"), "[8999?] [?] là"),
        ((Kind.REPEAT, "15"), "[8999?] [15?]"),
        ((Kind.REPEAT,), "[8999?] [?]"),
    ],
)
def test_a_code_that_says_nothing_is_shown_and_refused(what: tuple[str | Kind, ...], shown: str) -> None:
    given = [*codes(*what[:1]), "8999", *codes(*what[1:])] if what[0] == "là" else ["8999", *codes(*what)]

    text = "".join(piece.gap + piece.text for piece in read(given, BOOK))

    assert text == shown.replace("0135", BOOK.code(Kind.CHARACTER))
    with pytest.raises(FormatError, match=r"code \d says nothing in edition 7"):
        decode(given, BOOK)


def test_no_representation_shows_the_text_or_its_codes() -> None:
    encoding = said("Gặp UNHCR, hoà bình")

    shown = repr(
        (encoding, encoding.segments, encoding.changes, read(encoding.codes, BOOK), alternatives("Gặp", BOOK, 0))
    )

    assert not [word for word in ("Gặp", "UNHCR", "bình", "hoà", *encoding.codes) if word in shown]
