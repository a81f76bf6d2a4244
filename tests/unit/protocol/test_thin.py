"""Thin packets: what is sealed and opened, what is refused, and what a wrong state costs."""

from dataclasses import replace

import pytest

from secmsg.config import ThinLimits
from secmsg.crypto.sealing import Unsealer
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError, NoSession, Replayed, TooFarAhead
from secmsg.ids import SessionId
from secmsg.protocol import chain_key, state, thin
from secmsg.protocol.skipped_keys import LIFE
from secmsg.protocol.state import Origin, Session
from secmsg.protocol.thin import Verdict, Wear
from secmsg.protocol.thin_keys import ThinChain, ThinReceivingChain
from secmsg.protocol.thin_table import Place, ThinTable
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import NOW, established, turn
from tests.helpers.thin import LIMITS, jumped, sealed, taken, talking, thin_pair

RANDOM = seeded(b"thin tests")
DAY = 86_400


def test_a_packet_is_twenty_bytes_longer_than_its_payload() -> None:
    anna, binh = talking(b"length")

    for length in (1, 40, thin.MAX_PAYLOAD):
        anna, packet = sealed(anna, bytes(length))
        binh, payload = taken(binh, packet)

        assert len(packet) == length + 20
        assert payload == bytes(length)


@pytest.mark.parametrize("length", [0, thin.MAX_PAYLOAD + 1])
def test_a_payload_of_another_length_is_not_sealed(length: int) -> None:
    with pytest.raises(FormatError):
        sealed(talking(b"length")[0], bytes(length))


def test_after_a_real_handshake_the_responder_speaks_first_and_the_initiator_only_then() -> None:
    # given a handshake that has arrived, as in an enrolment kit
    anna, binh = established("thin handshake")
    with pytest.raises(NoSession):
        sealed(anna, b"too early")
    assert thin.wear(anna, now=NOW, limits=LIMITS) == Wear(Verdict.UNCONFIRMED, 0, 0)

    # when a thin packet of the responder's arrives, before any fat one
    binh, packet = sealed(binh, b"I am here")
    anna, payload = taken(anna, packet)

    # then both directions are open
    assert payload == b"I am here"
    assert anna.answered
    anna, packet = sealed(anna, b"welcome")
    assert taken(binh, packet)[1] == b"welcome"


def test_a_half_finished_step_never_parts_the_ends_of_a_thin_link() -> None:
    # given two ends in the middle of a conversation
    anna, binh = talking(b"half")
    anna, binh = turn(anna, binh, RANDOM)
    binh, anna = turn(binh, anna, RANDOM)

    # when a fat packet begins a new chain and is lost, and thin packets go on both ways
    half, _ = turn(anna, binh, RANDOM)

    # then they open at an end that knows nothing of the step
    half, packet = sealed(half, b"on the old chain")
    binh, payload = taken(binh, packet)
    assert payload == b"on the old chain"
    binh, packet = sealed(binh, b"and back")
    assert taken(half, packet)[1] == b"and back"


def test_a_chain_used_before_it_is_confirmed_would_not_be_understood() -> None:
    # negative control of the test above: what the rule prevents
    anna, binh = talking(b"half")
    anna, binh = turn(anna, binh, RANDOM)
    binh, anna = turn(binh, anna, RANDOM)
    half, _ = turn(anna, binh, RANDOM)

    careless = replace(half, thin=half.thin.confirmed(3))
    _, packet = sealed(careless, b"on the new chain")

    with pytest.raises(NoSession):
        taken(binh, packet)


def test_a_thin_packet_on_the_first_chain_confirms_the_first_chain_only() -> None:
    # given a later own chain begun, and a peer that has not seen it and still sends on the handshake's chain
    anna, binh = talking(b"later")
    anna, binh = turn(anna, binh, RANDOM)
    binh, anna = turn(binh, anna, RANDOM)
    half, _ = turn(anna, binh, RANDOM)
    binh, packet = sealed(binh, b"thin")

    half, _ = taken(half, packet)

    assert half.thin.unconfirmed is not None
    assert half.thin.unconfirmed.epoch == 3
    _, packet = sealed(half, b"still understood")
    assert taken(binh, packet)[1] == b"still understood"


def test_an_answer_on_paper_is_confirmed_by_what_its_receiver_sends() -> None:
    # given the answering side of a session from paper, whose chain rests on an answer that may be lost
    anna, binh = talking(b"paper")
    answering = replace(
        binh,
        origin=Origin.PAPER,
        receiving=None,
        thin=replace(binh.thin, sending=None, unconfirmed=binh.thin.sending),
    )
    answering = state.decode(state.encode(answering))
    with pytest.raises(NoSession):
        sealed(answering, b"too early")
    assert not answering.answered

    # when a thin packet of the other side comes
    anna, packet = sealed(anna, b"your answer is here")
    answering, _ = taken(answering, packet)

    # then it may send
    _, packet = sealed(answering, b"good")
    assert taken(anna, packet)[1] == b"good"
    assert answering.answered


def test_packets_open_in_any_order_and_once() -> None:
    # given
    anna, binh = talking(b"order")
    packets = []
    for number in range(1, 9):
        anna, packet = sealed(anna, bytes([number]))
        packets.append(packet)

    # when
    order = [7, 0, 3, 2, 6, 1]
    for place in order:
        binh, payload = taken(binh, packets[place])
        assert payload == bytes([place + 1])

    # then
    for place in order:
        with pytest.raises(Replayed):
            taken(binh, packets[place])
    assert taken(binh, packets[4])[1] == b"\x05"


def test_a_refused_packet_changes_nothing() -> None:
    anna, binh = talking(b"damage")
    anna, first = sealed(anna, b"first")
    anna, second = sealed(anna, b"second")
    before = state.encode(binh)

    for position in range(4, len(second)):
        damaged = second[:position] + bytes([second[position] ^ 1]) + second[position + 1 :]
        with pytest.raises(DecryptionError):
            taken(binh, damaged)

    assert state.encode(binh) == before
    assert taken(taken(binh, second)[0], first)[1] == b"first"


def test_an_outage_longer_than_the_window_ends_at_the_next_sparse_counter() -> None:
    # given a sender whose last 5000 packets reached nobody
    anna, binh = talking(b"outage")
    anna = jumped(anna, 5_000)

    # when it goes on
    lost = 0
    while True:
        anna, packet = sealed(anna, b"again")
        try:
            binh, _ = taken(binh, packet)
            break
        except NoSession:
            lost += 1

    # then at most 63 more are lost, and after that none
    assert lost < 64
    for _ in range(3):
        anna, packet = sealed(anna, b"and on")
        binh, payload = taken(binh, packet)
        assert payload == b"and on"


def test_keys_passed_over_are_kept_within_bounds_and_wiped_with_time() -> None:
    # given
    anna, binh = talking(b"bounds")
    (chain,) = binh.thin.receiving
    _, late = sealed(jumped(anna, 4_095), b"late")
    _, packet = sealed(jumped(anna, 4_096), b"x")

    # when
    binh, _ = taken(binh, packet)

    # then
    (chain,) = binh.thin.receiving
    assert list(chain.kept) == list(range(3_072, 4_096))
    assert taken(binh, late, NOW + LIFE - 1)[1] == b"late"
    with pytest.raises(Replayed):
        taken(binh, late, NOW + LIFE)
    # and the newest of two jumps are kept
    _, further = sealed(jumped(anna, 4_196), b"y")
    binh, _ = taken(binh, further)
    (chain,) = binh.thin.receiving
    assert list(chain.kept) == [*range(3_072, 4_096), *range(4_097, 4_196)][-1024:]


def test_the_same_tag_in_another_chain_does_not_hide_a_packet() -> None:
    # given a session that has the same tags as the right one, and other keys
    anna, binh = talking(b"tags")
    foreign = _with_tags_of(binh, seed=b"foreign")
    anna, packet = sealed(anna, b"found")

    # when the wrong one is tried first, and when the right one is
    for order in ([binh, foreign], [foreign, binh]):
        table = ThinTable(order)
        known = {session.session_id: session for session in order}
        after, opened = thin.open_among(table.find(packet), known.get, packet, now=NOW)

        # then
        assert opened.payload == b"found"
        assert after.session_id == binh.session_id


def test_a_packet_that_opens_nowhere_is_told_by_the_worst_that_was_met() -> None:
    # given one session in which the place is spent, and one that shares the tag
    anna, binh = talking(b"tags")
    foreign = _with_tags_of(binh, seed=b"foreign")
    _, packet = sealed(anna, b"once")
    spent, _ = taken(binh, packet)

    # then a repetition alone is Replayed, and beside an unspent place it is not proven
    for sessions, error in (
        ([spent], Replayed),
        ([spent, foreign], DecryptionError),
        ([foreign, spent], DecryptionError),
        ([foreign], DecryptionError),
        ([], NoSession),
    ):
        known = {session.session_id: session for session in sessions}
        with pytest.raises(error) as refused:
            thin.open_among(ThinTable(sessions).find(packet), known.get, packet, now=NOW)
        assert type(refused.value) is error


def test_a_session_or_a_chain_that_is_gone_is_passed_over() -> None:
    anna, binh = talking(b"gone")
    _, packet = sealed(anna, b"x")
    (place,) = ThinTable([binh]).find(packet)

    for known in ({}, {binh.session_id: replace(binh, thin=replace(binh.thin, receiving=()))}):
        with pytest.raises(NoSession):
            thin.open_among([place], known.get, packet, now=NOW)


def test_a_place_too_far_ahead_is_not_run_to() -> None:
    anna, binh = talking(b"far")
    _, packet = sealed(anna, b"x")

    with pytest.raises(NoSession):
        thin.open_thin(binh, packet, now=NOW, place=Place(binh.session_id, 1, 65_537))


def _with_tags_of(session: Session, seed: bytes) -> Session:
    other = thin_pair(seed)[1]
    (wrong,), (right,) = other.thin.receiving, session.thin.receiving
    return replace(other, thin=replace(other.thin, receiving=(replace(wrong, tag_key=right.tag_key),)))


@pytest.mark.parametrize(
    ("packets", "seconds", "verdict"),
    [
        (0, 0, Verdict.READY),
        (499, 14 * DAY - 1, Verdict.READY),
        (500, 0, Verdict.WORN),
        (0, 14 * DAY, Verdict.WORN),
        (999, 0, Verdict.WORN),
        (1_000, 0, Verdict.SPENT),
        (0, 60 * DAY - 1, Verdict.WORN),
        (0, 60 * DAY, Verdict.SPENT),
    ],
)
def test_the_wear_of_a_chain_is_told(packets: int, seconds: int, verdict: Verdict) -> None:
    anna = jumped(talking(b"wear")[0], packets)
    limits = replace(LIMITS, stop_packets=1_000, stop_s=60 * DAY)

    told = thin.wear(anna, now=NOW + seconds, limits=limits)

    assert told == Wear(verdict, packets, seconds)
    if verdict is Verdict.SPENT:
        with pytest.raises(TooFarAhead):
            thin.seal_thin(anna, b"x", now=NOW + seconds, limits=limits)
    else:
        thin.seal_thin(anna, b"x", now=NOW + seconds, limits=limits)


def test_without_a_stop_an_old_chain_still_seals() -> None:
    anna = jumped(talking(b"wear")[0], 100_000)

    told = thin.wear(anna, now=NOW + 3_650 * DAY, limits=ThinLimits())

    assert told.verdict is Verdict.WORN


def test_a_clock_set_back_makes_no_chain_younger_than_now() -> None:
    # given a chain begun while the clock was a year ahead
    anna, _ = talking(b"clock")
    chain = anna.thin.sending
    assert chain is not None
    ahead = replace(anna, thin=replace(anna.thin, sending=replace(chain, began_at=NOW + 365 * DAY)))
    assert thin.wear(ahead, now=NOW, limits=LIMITS).seconds == 0

    # when something is sealed
    after, _ = sealed(ahead, b"x")

    # then its age counts from there
    assert thin.wear(after, now=NOW + 14 * DAY, limits=LIMITS).verdict is Verdict.WORN


def test_a_fat_packet_each_way_begins_anew() -> None:
    anna, binh = talking(b"anew")
    anna = jumped(anna, 600)
    assert thin.wear(anna, now=NOW, limits=LIMITS).verdict is Verdict.WORN

    anna, binh = turn(anna, binh, RANDOM)
    binh, anna = turn(binh, anna, RANDOM)
    anna, binh = turn(anna, binh, RANDOM)
    binh, anna = turn(binh, anna, RANDOM)

    assert thin.wear(anna, now=NOW, limits=LIMITS) == Wear(Verdict.READY, 0, 0)


def test_thin_packets_make_a_post_quantum_step_due() -> None:
    anna, binh = talking(b"due")
    before = anna.since_pq, binh.since_pq

    anna, packet = sealed(anna, b"x")
    binh, _ = taken(binh, packet)

    assert (anna.since_pq, binh.since_pq) == (before[0] + 1, before[1] + 1)


def test_a_sender_put_back_shows_equality_and_nothing_more() -> None:
    # given a sender that is restored from an old copy after it has sealed
    anna, binh = talking(b"rollback")
    _, first = sealed(anna, b"attack at dawn")

    # when it seals again with the same keys
    _, same = sealed(anna, b"attack at dawn")
    _, other = sealed(anna, b"attack at dusk")

    # then equal texts are seen to be equal, and of different ones not even the shared beginning is
    assert same == first
    assert other[:4] == first[:4]
    assert other[4:20] != first[4:20]
    assert other[20:24] != first[20:24]
    # and its peer says that the places are spent
    binh, _ = taken(binh, first)
    with pytest.raises(Replayed):
        taken(binh, other)


def test_a_receiver_put_back_finds_the_sender_again() -> None:
    # given a receiver that is restored from an old copy
    anna, old = talking(b"restored")
    binh = old
    packets = []
    for number in range(300):
        anna, packet = sealed(anna, number.to_bytes(2))
        packets.append(packet)
        binh, _ = taken(binh, packet)

    # when the sender goes on beyond the old window
    found = []
    restored = old
    for number in range(300, 400):
        anna, packet = sealed(anna, number.to_bytes(2))
        try:
            restored, payload = taken(restored, packet)
        except NoSession:
            continue
        found.append(int.from_bytes(payload))

    # then it is found at the next sparse counter, and nothing after it is lost
    assert found == list(range(320, 400))
    assert taken(restored, packets[250])[1] == (250).to_bytes(2)


def test_nothing_is_said_of_what_a_packet_held() -> None:
    anna, binh = talking(b"repr")
    _, packet = sealed(anna, b"secret text")

    _, opened = thin.open_thin(binh, packet, now=NOW)

    assert "secret" not in repr(opened)


def test_a_place_of_another_session_is_not_opened_here() -> None:
    anna, binh = talking(b"other")
    _, packet = sealed(anna, b"x")

    with pytest.raises(NoSession):
        thin.open_thin(binh, packet, now=NOW, place=Place(SessionId(bytes(16)), 1, 0))


def test_keys_of_another_purpose_open_nothing() -> None:
    anna, binh = talking(b"purpose")
    chain = anna.thin.sending
    assert chain is not None
    swapped = replace(anna, thin=replace(anna.thin, sending=replace(chain, chain=chain.tag_key)))
    _, packet = sealed(swapped, b"x")

    with pytest.raises(DecryptionError):
        taken(binh, packet)
    assert Secret(packet) != Secret(sealed(anna, b"x")[1])


def test_packets_look_random() -> None:
    # given ten thousand packets of one text, whole, tags and all
    anna, _ = talking(b"uniform")
    data = bytearray()
    for _ in range(10_000):
        anna, packet = sealed(anna, bytes(40))
        data += packet

    # then every byte value occurs about equally often (255 degrees of freedom, 400 is beyond chance)
    expected = len(data) / 256
    chi = sum((data.count(value) - expected) ** 2 / expected for value in range(256))
    assert chi < 400


def test_a_thief_of_the_state_opens_nothing_that_was_opened_before() -> None:
    # given recorded packets of a conversation, one of which is still missing
    anna, binh = talking(b"seized")
    recorded = []
    before = state.encode(binh)
    for number in range(1, 8):
        anna, packet = sealed(anna, bytes([number]))
        recorded.append(packet)
    for packet in recorded[:2] + recorded[3:6]:
        binh, _ = taken(binh, packet)

    # when the state of either end is taken, and every key in it and every one after it is tried on every packet
    def read(stolen: Session) -> set[int]:
        return {
            number
            for number, packet in enumerate(recorded, 1)
            for chain in stolen.thin.receiving
            for counter, key in _keys_of(chain)
            if _opens(key, packet, thin._associated(stolen, stolen.side.other, counter))
        }

    # then the thief reads what has not come, and nothing that has
    assert read(state.decode(state.encode(binh))) == {3, 7}
    (own,) = [each for each in (anna.thin.sending,) if each is not None]
    as_receiver = replace(binh, thin=replace(binh.thin, receiving=(_receiving(own),)))
    assert read(as_receiver) == set()
    # negative control: with the state from before all of it
    assert read(state.decode(before)) == set(range(1, 8))


def _receiving(chain: ThinChain) -> ThinReceivingChain:
    return ThinReceivingChain(chain.epoch, chain.counter, chain.chain, chain.tag_key, chain.began_at)


def _keys_of(chain: ThinReceivingChain) -> list[tuple[int, Secret]]:
    _, passed = chain_key.run(chain.chain, chain.counter, chain.counter + 20, 20, "thin chain")
    return [(n, kept.key) for n, kept in chain.kept.items()] + list(passed.items())


def _opens(message: Secret, packet: bytes, associated: bytes) -> bool:
    return Unsealer(thin._packet_key(message)).opens(packet[4:], associated)
