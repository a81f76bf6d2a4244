"""Packets as groups: what is lost or misheard comes back up to the parity, is asked for beyond it, never guessed."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from secmsg.errors import FormatError
from secmsg.wire import field13, fragments, group_places, groups
from secmsg.wire.groups import Link, Recovered, Wanted

PACKET = random.Random(5).randbytes(60)
GROUPS = groups.encode(PACKET, 8)

packets = st.binary(min_size=1, max_size=groups.MAX_BYTES)


def heard(spoken: Sequence[str], replaced: dict[int, str]) -> str:
    """Return groups as a text, those at some places of the grid replaced."""
    return " ".join(replaced.get(place, group) for place, group in enumerate(spoken, group_places.FIRST))


def other(group: str, place: int) -> str:
    """Return another group that fits the same place."""
    return groups._group((int(group[:-1]) + 1) % field13.SYMBOLS, place)


def out_of(text: str) -> Recovered:
    outcome = groups.decode(text)
    assert isinstance(outcome, Recovered), outcome
    return outcome


def wanted(text: str) -> Wanted:
    outcome = groups.decode(text)
    assert isinstance(outcome, Wanted)
    return outcome


@settings(max_examples=40)
@given(packets, st.integers(0, groups.MAX_PARITY))
def test_every_packet_comes_back_in_every_layout(packet: bytes, parity: int) -> None:
    spoken = groups.encode(packet, parity)

    assert groups.read(" ".join(spoken)) == packet
    assert groups.read(groups.text(spoken)) == packet
    assert len(spoken) == 2 + groups.data_groups(len(packet)) + parity


@settings(max_examples=40)
@given(packets, st.sampled_from(Link), st.data())
def test_lost_and_altered_groups_come_back_up_to_the_parity(packet: bytes, link: Link, data: st.DataObject) -> None:
    parity = groups.parity_for(link, len(packet))
    spoken = groups.encode(packet, parity)
    count = len(spoken) - 2
    lost = data.draw(st.lists(st.integers(0, count - 1), max_size=parity, unique=True))
    rest = [place for place in range(count) if place not in lost]
    altered = data.draw(
        st.lists(st.sampled_from(rest), max_size=(parity - len(lost)) // 2, unique=True) if rest else st.just([])
    )
    replaced = dict.fromkeys(lost, "-----") | {place: other(spoken[place + 2], place) for place in altered}

    outcome = out_of(heard(spoken, replaced))

    assert outcome.packet == packet
    assert set(outcome.wrong) == set(lost)
    assert set(outcome.changed) == set(altered)


@given(st.integers(0, len(GROUPS) - 4), st.integers(1, 4))
def test_groups_left_out_without_a_mark_spoil_nothing_behind_them(at: int, count: int) -> None:
    assume(at + count <= len(GROUPS) - 3)
    text = " ".join((*GROUPS[: at + 2], *GROUPS[at + 2 + count :]))

    assert out_of(text).packet == PACKET


@pytest.mark.parametrize("numbered", [True, False])
def test_a_line_that_was_lost_is_asked_for_and_the_others_stand(numbered: bool) -> None:
    lines = groups.text(GROUPS).splitlines()
    kept = [line if numbered else line.split(":")[1] for line in (*lines[:2], *lines[3:])]

    outcome = wanted("\n".join(kept))
    again = out_of("\n".join(kept) + "\n11=" + GROUPS[12] + " 12=" + GROUPS[13])

    assert outcome.places == tuple(range(10, 20))
    assert outcome.enough == 2
    assert groups.asked(outcome) == "groups: ask for 11 to 20 (2 of them would do)"
    assert again.packet == PACKET


@pytest.mark.parametrize("taken", [10, 20, 30])
def test_whole_lines_left_out_are_seen(taken: int) -> None:
    # With seeds by the column alone ten groups left out would be invisible.
    spoken = groups.encode(PACKET, 40)

    outcome = out_of(" ".join((*spoken[:12], *spoken[12 + taken :])))

    assert outcome.packet == PACKET
    assert outcome.wrong == tuple(range(10, 10 + taken))


def test_a_line_said_once_more_after_the_end_is_taken() -> None:
    lines = groups.text(GROUPS).splitlines()
    spoiled = "2: " + " ".join("?" for _ in range(10))

    outcome = out_of("\n".join((*lines[:2], spoiled, *lines[3:], lines[2])))

    assert (outcome.packet, outcome.wrong) == (PACKET, ())


def test_two_different_groups_for_one_place_are_neither() -> None:
    line = groups.lines(GROUPS)[1]
    second = "1: " + " ".join((other(line[0], 0), *line[1:]))

    assert out_of(groups.text(GROUPS) + second).wrong == (0,)


@pytest.mark.parametrize("size", [60, 140, 270, 340, 400])
@pytest.mark.parametrize("lost", [(-2,), (-1,), (-2, -1)])
def test_a_header_that_was_lost_follows_from_the_number_of_groups(size: int, lost: tuple[int, ...]) -> None:
    packet = random.Random(size).randbytes(size - 1) + b"\x01"
    spoken = groups.encode(packet, groups.parity_for(Link.HF, size))

    outcome = out_of(heard(spoken, dict.fromkeys(lost, "?") | {3: "-----", 5: other(spoken[7], 5)}))

    assert (outcome.packet, outcome.wrong, outcome.changed) == (packet, (*lost, 3), (5,))


@pytest.mark.parametrize(("lost", "comes"), [(6, True), (7, False), (8, False)])
def test_without_any_header_two_of_parity_must_be_left_over(lost: int, comes: bool) -> None:
    # With none left over every word is one: what came out would be chance.
    text = heard(GROUPS, dict.fromkeys((-2, -1, *range(lost)), "?"))

    assert isinstance(groups.decode(text), Recovered if comes else Wanted)


def test_a_header_that_says_what_cannot_be_is_as_good_as_lost() -> None:
    spoken = (groups._group(401, -2), groups._group(101, -1), *GROUPS[2:])

    assert out_of(" ".join(spoken)).wrong == (-2, -1)


def test_a_header_that_nothing_tells_is_asked_for_with_what_else_is_wrong() -> None:
    outcome = wanted(heard(GROUPS[:20], {-2: "?", 4: "?"}))

    assert outcome == Wanted((-2, 4), 1)
    with pytest.raises(FormatError, match="groups: ask for A, 5"):
        groups.read(heard(GROUPS[:20], {-2: "?", 4: "?"}))


def test_a_group_once_more_beyond_the_end_or_before_all_others() -> None:
    spoken = " ".join(GROUPS)

    assert out_of(f"200={GROUPS[5]}\n{spoken}") == Recovered(PACKET)
    assert out_of(f"A={GROUPS[0]} B={GROUPS[1]}\n1: {' '.join(GROUPS[2:])}").packet == PACKET
    assert isinstance(groups.decode(f"A={GROUPS[0]}\n5=?"), Wanted)


def test_places_are_named_in_runs() -> None:
    assert groups.names((-2, -1, 0, 1, 2, 5, 6, 9)) == "A, B, 1 to 3, 6, 7, 10"


def test_when_no_group_shows_that_it_is_wrong_all_are_asked_for() -> None:
    altered = {place: other(GROUPS[place + 2], place) for place in range(5)}

    outcome = wanted(heard(GROUPS, altered))

    assert outcome == Wanted((), 0)
    assert "ask for all of them again" in groups.asked(outcome)


def test_a_fill_that_is_not_zeros_is_no_packet() -> None:
    # Such a word has the right parity: only somebody else than our writer makes it.
    symbols = field13.extended([*groups._symbols(bytes(10)[:-1]), 1], 4)
    spoken = [groups._group(value, place) for place, value in enumerate((10, 4, *symbols), -2)]
    assert len(symbols) == groups.data_groups(10) + 4

    assert isinstance(groups.decode(" ".join(spoken)), Wanted)


def test_without_parity_every_group_is_needed() -> None:
    spoken = groups.encode(PACKET, 0)

    assert wanted(heard(spoken, {7: "?"})).places == (7,)
    assert out_of(" ".join(spoken)).packet == PACKET


def test_more_groups_than_there_can_be_say_nothing() -> None:
    assert isinstance(groups.decode(" ".join((*GROUPS, *GROUPS, *GROUPS))), Wanted | Recovered)
    assert isinstance(groups.decode("7: " + " ".join(GROUPS[:2]) + "\n1: " + "99999 " * 80), Wanted)


def test_a_cell_that_mixes_both_kinds_of_letters_is_wrong() -> None:
    # Q is a 1 of the teletype only, A one of Morse only.
    outcome = out_of(heard(GROUPS, {0: "QA" + GROUPS[2][2:]}))

    assert outcome.wrong == (0,)


@pytest.mark.parametrize(
    ("size", "count"), [(16, 14), (32, 24), (60, 41), (100, 70), (140, 97), (200, 138), (300, 205), (400, 273)]
)
def test_as_many_groups_as_the_table_says(size: int, count: int) -> None:
    assert groups.data_groups(size) + groups.parity_for(Link.TELEPHONE, size) == count


def test_the_field_of_fragments_is_another_one() -> None:
    # reedsolo keeps the field in its module: sharing it would give pieces of another code, or of another kind.
    before = fragments.cut(PACKET, 1, 20, 2)

    for _ in range(2):
        assert groups.read(heard(GROUPS, {0: "?", 3: "?"})) == PACKET
        pieces = {part.index: part.piece for part in fragments.cut(PACKET, 1, 20, 2) if part.index}
        assert fragments.cut(PACKET, 1, 20, 2) == before
        assert fragments.join(pieces, 3, 2) == PACKET


@settings(max_examples=40)
@given(st.text(max_size=300) | st.text("0123456789QTA-? .\n:=,(#\t", max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        outcome = groups.decode(text)
    except FormatError:
        return
    match outcome:
        case Recovered(packet, wrong, changed):
            assert len(packet) <= groups.MAX_BYTES
            assert set(wrong).isdisjoint(changed)
        case Wanted(places, enough):
            assert enough <= len(places)
