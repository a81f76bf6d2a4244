"""One sheet says every syllable of the language, exactly; the boards say theirs."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.manual import syllabary_file, syllabary_text
from secmsg.manual.board import ENGLISH, SHIFT, VIETNAMESE, decode_vietnamese, encode_vietnamese, letter_pad
from secmsg.manual.spelling import spell
from secmsg.manual.syllabary import RIMES, Syllabary, onset_code, rime_code, split
from secmsg.vietnamese import tones_first, tones_last
from tests.helpers.manual import SYLLABARY

ROOT = Path(__file__).resolve().parents[3]
RANKED = [
    tones_first(line)
    for line in (ROOT / "resources" / "codebook" / "sources" / "syllables.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def back(text: str, *, capitals: bool = False) -> str:
    return syllabary_text.reads(text, SYLLABARY, capitals=capitals)


def test_every_syllable_in_use_comes_back_exactly() -> None:
    assert len(RANKED) > 4_600
    text = " ".join(["a", *RANKED[:600]])

    assert back(text).lower() == text
    for syllable in RANKED:
        figures = SYLLABARY.syllable(syllable)
        # Boong, loong and the like have no rule of spelling; the rest is on the sheet or spelled.
        assert figures is None or syllabary_text.decode(_codes(figures), SYLLABARY).lower() == syllable
        assert figures is not None or back(syllable).lower() == syllable
    assert sum(SYLLABARY.syllable(syllable) is None for syllable in RANKED) < 40


def _codes(figures: str) -> tuple[str, ...]:
    figures += "99000"
    return "0000", "0001", *(figures[at : at + 4] for at in range(0, len(figures) - 3, 4))


def test_every_syllable_that_the_sheet_can_write_comes_back_and_is_written_in_one_way_only() -> None:
    # Every third onset with all rimes; other onsets are cut in the same way.
    seen: dict[str, str] = {}
    for onset, rime in itertools.product(SYLLABARY.onsets[::3], SYLLABARY.rimes):
        word = onset + rime
        figures = SYLLABARY.syllable(word)
        assert figures is not None
        assert seen.setdefault(word, figures) == figures
        assert syllabary_text.decode(_codes(figures), SYLLABARY).lower() == word
    assert len(seen) > 5_000


def test_no_code_begins_another() -> None:
    onsets = [onset_code(at) for at in range(28)] + [str(code) for code in range(91, 100)]
    rimes = [rime_code(at) for at in range(RIMES)]
    for codes in (onsets, rimes):
        assert len(set(codes)) == len(codes)
        assert not any(a != b and b.startswith(a) for a in codes for b in codes)


def test_the_commonest_syllables_take_three_and_four_figures() -> None:
    weights = [1 / (rank + 10) for rank in range(len(RANKED))]
    lengths = [len(SYLLABARY.syllable(syllable) or "9" * 15) for syllable in RANKED]

    assert sum(a * b for a, b in zip(weights, lengths, strict=True)) / sum(weights) < 4.3
    assert {len(SYLLABARY.syllable(word) or "") for word in ("có", "là", "của", "đã")} == {3}


def test_the_committed_sheet_is_what_its_maker_writes() -> None:
    made = subprocess.run([sys.executable, ROOT / "packaging" / "syllabary.py", "--check"], check=False, cwd=ROOT)

    assert made.returncode == 0


@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(RANKED[:3_000]), st.integers(0, 10**12).map(str)), min_size=1, max_size=12))
def test_texts_come_back(words: list[str]) -> None:
    text = " ".join(words)

    assert back(text).lower() == text
    assert back(tones_last(text)).lower() == text
    once = back(text, capitals=True)
    assert back(once, capitals=True) == once


@pytest.mark.parametrize("count", [1, 8, 9, 10, 18, 19, 27, 40])
def test_runs_of_every_length_come_back(count: int) -> None:
    assert back("7" * count) == "7" * count
    assert back("x" * count).lower() == "x" * count


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 9_999).map("{:04}".format), max_size=12))
def test_any_codes_are_read_or_refused(codes: list[str]) -> None:
    try:
        text = syllabary_text.decode(["0000", "0001", *codes], SYLLABARY)
    except FormatError:
        return
    assert isinstance(text, str)


def test_a_file_that_is_not_whole_is_refused() -> None:
    right = syllabary_file.write(SYLLABARY)
    assert syllabary_file.parse(right) == SYLLABARY
    lines = right.split("\n")

    def changed(number: int, line: str) -> str:
        return "\n".join([*lines[:number], line, *lines[number + 1 :]])

    wrong = [
        "",
        right[:-1],
        right + "x",
        right * 20,
        changed(0, "# secmsg syllabary 2"),
        changed(1, "# title:"),
        changed(2, "# edition: 0"),
        changed(2, "# edition: 01"),
        changed(2, "# edition: x"),
        changed(2, "# edition: 10000"),
        changed(3, "# licence: " + "x" * 201),
        changed(4, "code text"),
        changed(6, lines[5]),
        changed(5, "0\tonset"),
        changed(5, "0\trime\tc"),
        changed(5, "0\tonset\tC"),
        changed(5, "0\tonset\tnghngh"),
        changed(5, "0\tonset\te\u0301"),
        changed(5, f"0\tonset\t{lines[6].split(chr(9))[2]}"),
        changed(33, "00\trime\t-"),
        changed(12, "70\tonset\tzz"),
    ]
    for text in wrong:
        with pytest.raises(FormatError):
            syllabary_file.parse(text)


def test_onsets_are_cut_by_spelling() -> None:
    onsets = frozenset(SYLLABARY.onsets)

    for word, parts in {
        "nghiêng": ("ngh", "iêng"),
        "già": ("gi", "à"),
        "gìn": ("g", "ìn"),
        "quý": ("qu", "ý"),
        "ông": ("", "ông"),
        "đ": ("", "đ"),
    }.items():
        assert split(word, onsets) == parts


def test_an_edition_is_told_by_its_codes() -> None:
    codes = syllabary_text.encode("đã nhận", SYLLABARY)
    assert syllabary_text.edition(codes) == 1

    newer = Syllabary("", 2, "", SYLLABARY.onsets, SYLLABARY.rimes)
    with pytest.raises(FormatError, match="edition 1"):
        syllabary_text.decode(codes, newer)


class TestBoards:
    def test_every_cell_has_its_own_figures(self) -> None:
        for board in (ENGLISH, VIETNAMESE):
            cells = dict(board.cells())
            assert len(cells) == 28
            assert len(set(cells.values())) == 28
            assert sum(len(code) == 1 for code in cells.values()) == 8

    @settings(max_examples=100, deadline=None)
    @given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ/0123456789", min_size=1, max_size=60))
    def test_english_comes_back(self, text: str) -> None:
        assert ENGLISH.decode(ENGLISH.encode(text)) == text

    def test_every_syllable_comes_back(self) -> None:
        spelled = [syllable for syllable in RANKED if spell(syllable) is not None]
        for start in range(0, len(spelled), 500):
            text = " ".join(spelled[start : start + 500])
            assert decode_vietnamese(encode_vietnamese(text)) == text

    @pytest.mark.parametrize("text", ["ma€", "xyz", "brexit", "你", "!"])
    def test_what_is_no_syllable_is_named(self, text: str) -> None:
        with pytest.raises(FormatError):
            encode_vietnamese(text)

    @pytest.mark.parametrize("text", ["é", SHIFT, "A B", "x" * 20_001, "A" * 20_001])
    def test_what_has_no_cell_is_named(self, text: str) -> None:
        with pytest.raises(FormatError):
            ENGLISH.encode(text)

    def test_a_letter_pad_needs_its_key(self) -> None:
        for text, key in (("HELLO", "XMCK"), ("hello", "XMCKL")):
            with pytest.raises(FormatError):
                letter_pad(text, key)
