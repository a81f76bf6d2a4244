"""Messages: what is deciphered is what was enciphered, and nothing before everything verified."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.errors import FormatError, GroupsWrong, HeaderWrong, NotAllowed, TagMismatch, TagUnwritable, WrongPage
from secmsg.manual import checks, header, text
from secmsg.manual.cells import Alphabet, Fault
from secmsg.manual.header import Header, check_header, following
from secmsg.manual.message import Message, decipher, encipher
from secmsg.manual.pad import page, page_number
from secmsg.manual.tag import sheet, tag, trace
from tests.helpers.manual import AT, codes, pages

ONE, TWO = [sheet(31_415)], [sheet(31_415), sheet(27_182)]
PAGE = pages(b"page", 42, 1)
CODES = codes(b"text", 25)
MESSAGE = encipher(CODES, PAGE, ONE, serial=104, at=AT, parity=True)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 300),
    st.booleans(),
    st.booleans(),
    st.integers(1, 99_999),
    st.integers(1, 9_990),
    st.binary(max_size=4),
)
def test_every_message_comes_back(count: int, parity: bool, double: bool, serial: int, first: int, seed: bytes) -> None:
    plain, used = codes(seed, count), pages(seed, first, -(-count // 120))
    sheets = TWO if double or count > 120 else ONE

    message = encipher(plain, used, sheets, serial=serial, at=AT, parity=parity)
    read = text.read(text.write(message))

    assert read.message() == message
    assert read.faults == ()
    assert decipher(read.message(), used, sheets) == plain


def test_the_strips_typed_are_enough() -> None:
    strip = [page(42, PAGE[0].keys[:30], PAGE[0].masks)]

    assert decipher(MESSAGE, strip, ONE) == CODES
    with pytest.raises(FormatError):
        encipher(codes(b"31", 31), strip, ONE, serial=1, at=AT)
    with pytest.raises(FormatError):
        encipher(codes(b"140", 140), [strip[0], *pages(b"next", 43, 1)], TWO, serial=1, at=AT)


@pytest.mark.parametrize("place", range(25))
def test_a_changed_group_with_right_checks_gives_nothing(place: int) -> None:
    # The control of the tag: check figures and parity alone would let this through.
    cipher = f"{(int(MESSAGE.groups[place][:4]) + 1) % 10_000:04}"
    groups = (*MESSAGE.groups[:place], checks.sent(cipher, place), *MESSAGE.groups[place + 1 :])

    with pytest.raises(TagMismatch):
        decipher(replace(MESSAGE, groups=groups, parities=checks.parities(groups)), PAGE, ONE)


def test_a_message_cut_at_a_row_gives_nothing() -> None:
    # The control of the count: the groups that are left are all right, and in their places.
    groups = MESSAGE.groups[:20]
    shorter = Message(replace(MESSAGE.header, count=20), groups, checks.parities(groups), MESSAGE.tags)

    with pytest.raises(TagMismatch):
        decipher(shorter, PAGE, ONE)


def test_another_serial_page_or_sheet_gives_nothing() -> None:
    other = pages(b"other", 42, 1)
    with pytest.raises(TagMismatch):
        decipher(replace(MESSAGE, header=replace(MESSAGE.header, serial=105)), PAGE, ONE)
    with pytest.raises(TagMismatch):
        decipher(MESSAGE, other, ONE)
    with pytest.raises(TagMismatch):
        decipher(MESSAGE, PAGE, [sheet(31_416)])
    with pytest.raises(WrongPage):
        decipher(MESSAGE, pages(b"page", 43, 1), ONE)


def test_of_two_tags_each_is_demanded_in_its_order() -> None:
    message = encipher(CODES, PAGE, TWO, serial=104, at=AT)
    first, second = message.tags

    assert decipher(message, PAGE, TWO) == CODES
    for tags in ((second, first), (first, first), (first, "00000"), ("00000", second), (first,), ()):
        with pytest.raises(TagMismatch):
            decipher(replace(message, tags=tags), PAGE, TWO)


def test_a_forger_cannot_take_the_second_tag_away() -> None:
    message = encipher(CODES, PAGE, TWO, serial=104, at=AT)
    single = replace(message, header=replace(message.header, tags=1), tags=message.tags[:1])

    with pytest.raises(NotAllowed):
        decipher(single, PAGE, TWO)


def test_every_wrong_or_absent_group_is_asked_for_before_the_tag_is_looked_at() -> None:
    groups = (*MESSAGE.groups[:3], "99999", *MESSAGE.groups[4:])

    with pytest.raises(GroupsWrong) as refused:
        decipher(replace(MESSAGE, groups=groups), PAGE, ONE)
    assert refused.value.places == (3,)
    assert "4" in str(refused.value)
    with pytest.raises(FormatError):
        decipher(replace(MESSAGE, groups=MESSAGE.groups[:-1]), PAGE, ONE)
    with pytest.raises(FormatError):
        decipher(replace(MESSAGE, parities=()), PAGE, ONE)


def test_a_message_longer_than_a_page_needs_two_tags() -> None:
    with pytest.raises(NotAllowed):
        encipher(codes(b"121", 121), pages(b"two", 1, 2), ONE, serial=1, at=AT)


def test_a_page_whose_tag_has_six_figures_makes_no_message() -> None:
    last = list(trace(ONE[0], 104, MESSAGE.groups))[-1].value
    void = [page(42, PAGE[0].keys, (f"{100_000 - last:05}", "00000"))]

    with pytest.raises(TagUnwritable):
        encipher(CODES, void, ONE, serial=104, at=AT)
    # Nobody can have sent it, so nothing that claims so verifies.
    with pytest.raises(TagMismatch):
        decipher(MESSAGE, void, ONE)


def test_what_is_no_code_is_refused_by_its_number() -> None:
    with pytest.raises(FormatError, match="code 2"):
        encipher(["0000", "00x0"], PAGE, ONE, serial=1, at=AT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"serial": 0},
        {"serial": 100_000},
        {"count": 0},
        {"count": 961},
        {"pages": ()},
        {"pages": ("00427", page_number(44))},
        {"count": 121, "tags": 2},
        {"tags": 0},
        {"tags": 3},
        {"count": 121, "tags": 1, "pages": following("00427", 121)},
        {"at": AT + 1},
        {"at": 0},
        {"at": 4_102_444_800},
    ],
    ids=str,
)
def test_a_header_whose_fields_do_not_fit_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(FormatError):
        check_header(replace(MESSAGE.header, **wrong))  # type: ignore[arg-type]  # fields by name


def test_pages_end_with_the_book() -> None:
    assert following(page_number(9_998), 240) == (page_number(9_998), page_number(9_999))
    with pytest.raises(FormatError):
        following(page_number(9_999), 121)


def test_the_header_names_what_to_ask_for() -> None:
    right = header.written(MESSAGE.header)
    assert header.read(right) == MESSAGE.header

    for number, group in enumerate(right, 1):
        wrong = [*right[: number - 1], f"{(int(group) + 1) % 100_000:05}", *right[number:]]
        with pytest.raises(HeaderWrong) as refused:
            header.read(wrong)
        asked = refused.value.cells
        assert asked == ((number,) if number in (2, 3, 4, 5) else (1, 6, 7))
    for cells, asked in (
        ([], tuple(range(1, 8))),
        (right[:5], (6, 7)),
        ([*right, "00000"], (7,)),
        ([*right[:6], "x"], (7,)),
    ):
        with pytest.raises(HeaderWrong) as refused:
            header.read(cells)
        assert refused.value.cells == asked


def test_a_day_that_is_none_is_asked_for() -> None:
    for number, wrong in ((3, checks.checked("3002", 2)), (4, checks.checked("2460", 3))):
        cells = list(header.written(MESSAGE.header))[:6]
        cells[number - 1] = wrong
        with pytest.raises(HeaderWrong) as refused:
            header.read([*cells, checks.column_sums(cells)])
        assert refused.value.cells == (3, 4)


def test_a_header_made_with_a_page_beyond_the_book_is_refused() -> None:
    long = Header(1, following(page_number(9_998), 240), AT, 240, parity=False, tags=2)
    cells = list(header.written(long))
    cells[1] = page_number(9_999)
    cells[6] = checks.column_sums(cells[:6])

    with pytest.raises(HeaderWrong):
        header.read(cells)


class TestText:
    WRITTEN = text.write(MESSAGE)

    @pytest.mark.parametrize(
        ("figures", "alphabet"),
        [
            ("０１２３４５６７８９", None),
            ("PQWERTYUIO", Alphabet.TELEPRINTER),
            ("pqwertyuio", Alphabet.TELEPRINTER),
            ("TAUV4E6BDN", Alphabet.MORSE),
            ("T123456789", Alphabet.MORSE),
        ],
    )
    def test_figures_in_another_dress_are_figures(self, figures: str, alphabet: Alphabet | None) -> None:
        dressed = self.WRITTEN.translate({ord(str(figure)): letter for figure, letter in enumerate(figures)})

        read = text.read(dressed)
        assert (read.message(), read.alphabet) == (MESSAGE, alphabet)

    @pytest.mark.parametrize("between", ["  ", "\n", " / ", ";", "\r\n", "|", "\t", "\N{NO-BREAK SPACE}", ""])
    def test_groups_are_parted_anyhow(self, between: str) -> None:
        assert text.read(self.WRITTEN.replace(" ", between)).message() == MESSAGE
        assert text.read(between.join(self.WRITTEN.split())).message() == MESSAGE

    def test_line_numbers_are_no_groups(self) -> None:
        first, *lines = self.WRITTEN.splitlines()

        for form in ("{} ", "{:02} ", "{}. ", "{}) ", "{}: "):
            numbered = [form.format(number) + line for number, line in enumerate(lines, 1)]
            assert text.read("\n".join([first, *numbered])).message() == MESSAGE

    def test_every_bad_cell_is_named(self) -> None:
        first, row, *rest = self.WRITTEN.splitlines()
        cells = row.split()
        cells[0], cells[2], cells[4], cells[6] = "?????", "12z45", "123", "1234567"

        read = text.read("\n".join([first, " ".join(cells), *rest]))
        assert read.faults == ((0, Fault.UNHEARD), (2, Fault.LETTERS), (4, Fault.SHORT), (6, Fault.LONG))
        assert read.judgement.ask == (0, 2, 4, 6)
        with pytest.raises(GroupsWrong):
            read.message()

    @pytest.mark.parametrize(
        "odd", ["٣٣٣٣٣", "漢字", "\N{GRINNING FACE}", "½½½½½", "1²345", "12\u200b345", "-----", "_", "....."]
    )
    def test_other_figures_and_other_signs_are_no_figures(self, odd: str) -> None:
        first, row, *rest = self.WRITTEN.splitlines()
        read = text.read("\n".join([first, " ".join([odd, *row.split()[1:]]), *rest]))

        assert read.judgement.ask == (0,)
        assert read.message() == MESSAGE  # from parity

    @pytest.mark.parametrize("nothing", ["", " \n ", "1" * 16_385])
    def test_nothing_and_too_much_are_refused(self, nothing: str) -> None:
        with pytest.raises(FormatError):
            text.read(nothing)

    def test_the_alphabet_that_reads_most_cells_is_taken(self) -> None:
        # Only letters of both alphabets, and only in the body: the header says nothing about which.
        first, *lines = self.WRITTEN.splitlines()
        cells = " ".join(lines).split()
        morse = [cell.replace("0", "T").replace("5", "E").replace("2", "U") for cell in cells]
        teleprinter = [cell.replace("5", "T").replace("3", "E").replace("7", "U") for cell in cells]

        assert text.read(" ".join([first, *morse])).alphabet is Alphabet.MORSE
        assert text.read(" ".join([first, *teleprinter])).alphabet is Alphabet.TELEPRINTER
        assert text.read(" ".join([first, *morse])).message() == MESSAGE

    def test_letters_that_no_alphabet_explains_are_named_in_the_header(self) -> None:
        with pytest.raises(HeaderWrong):
            text.read("XXXXX ZZZZZ")

    def test_a_repaired_message_is_read_and_a_wrong_repair_gives_nothing(self) -> None:
        first, row, *rest = self.WRITTEN.splitlines()
        cells = row.split()
        cells[3] = "?"
        passing = [*cells]
        passing[5] = checks.sent("0000", 5)

        assert decipher(text.read("\n".join([first, " ".join(cells), *rest])).message(), PAGE, ONE) == CODES
        with pytest.raises(TagMismatch):
            decipher(text.read("\n".join([first, " ".join(passing), *rest])).message(), PAGE, ONE)


def test_the_first_mask_and_the_first_sheet_make_the_first_tag() -> None:
    message = encipher(CODES, PAGE, TWO, serial=104, at=AT)

    assert message.tags == tuple(
        tag(of, mask, 104, message.groups) for of, mask in zip(TWO, PAGE[0].masks, strict=True)
    )
