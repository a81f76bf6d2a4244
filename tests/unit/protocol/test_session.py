"""The double ratchet: order, loss, bounds, the post-quantum step and its policy."""

from dataclasses import replace

import pytest

from secmsg.crypto import aead, agreement, hashing, sealing
from secmsg.crypto.agreement import Kem
from secmsg.errors import DecryptionError, FormatError, NoSession, Replayed, SecmsgError, TooFarAhead
from secmsg.protocol import chain_key, skipped_keys
from secmsg.protocol import session as sessions
from secmsg.protocol.session import MAX_PAYLOAD, Pace
from secmsg.protocol.state import OwnOffer, ReceivingChain, SendingChain, Session, Side
from secmsg.wire import packet as packets
from secmsg.wire.packet import MAX_U32, NO_ACK, Ack, EditionMark, PqKind
from tests.helpers import sessions as helper
from tests.helpers.seeded_random import seeded
from tests.helpers.sessions import EDITION, NOW, bare_pair, established, opened, seal

DAY = 86_400
RANDOM = seeded(b"session tests")


def header_kind(session: Session, packet: bytes) -> PqKind:
    return sessions.decrypt(session, packet, now=NOW)[1].header.pq_kind


def turn(sender: Session, receiver: Session) -> tuple[Session, Session]:
    return helper.turn(sender, receiver, RANDOM)


def test_what_one_side_seals_the_other_opens_with_its_header() -> None:
    # given a fresh pair
    anna, binh = bare_pair(b"1")[:2]

    # when a packet crosses
    anna, packet = sessions.encrypt(
        anna, b"cable", now=NOW, ack=Ack(3, 9), edition=EditionMark(8, b"12345678"), random=RANDOM
    )
    binh, content = sessions.decrypt(binh, packet, now=NOW)

    # then payload and header arrive, in the smallest class
    assert content.payload == b"cable"
    assert (content.header.ack, content.header.bitmap) == (3, 9)
    assert (content.header.edition, content.header.root_hash) == (8, b"12345678")
    assert (content.header.epoch, content.header.n, content.header.pn) == (1, 0, 0)
    assert len(packet) == 512


def test_a_conversation_alternates_epochs_and_both_roots_agree() -> None:
    anna, binh = established("alternate")

    for expected in range(2, 12, 2):
        binh, anna = turn(binh, anna)
        assert anna.receiving is not None
        assert anna.receiving.epoch == expected
        assert anna.root == binh.root
        anna, binh = turn(anna, binh)
        assert anna.root == binh.root


def test_the_peer_has_answered_once_something_of_it_was_opened() -> None:
    anna, binh = established("answered")
    assert not anna.answered
    assert binh.answered

    binh, anna = turn(binh, anna)

    assert anna.answered


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_packets_open_in_any_order_each_once(order: tuple[int, ...]) -> None:
    # given four packets of one chain
    anna, binh = bare_pair(b"order")[:2]
    sent = []
    for n in range(4):
        anna, packet = seal(anna, bytes([n]), RANDOM)
        sent.append(packet)

    # when they arrive in this order
    for n in order:
        binh, payload = opened(binh, sent[n])
        assert payload == bytes([n])

    # then nothing is kept for them, and none opens twice
    assert binh.skipped.total() == 0
    for packet in sent:
        with pytest.raises(Replayed):
            sessions.decrypt(binh, packet, now=NOW)


def test_the_rest_of_an_older_chain_opens_after_the_turn() -> None:
    # given a packet of the first chain that is late
    anna, binh = bare_pair(b"late")[:2]
    anna, early = seal(anna, b"early", RANDOM)
    anna, late = seal(anna, b"late", RANDOM)
    binh, _ = opened(binh, early)
    binh, anna = turn(binh, anna)
    anna, after = seal(anna, b"after", RANDOM)
    binh, payload = opened(binh, after)
    assert payload == b"after"

    # when it arrives
    binh, payload = opened(binh, late)

    # then it opens, and its chain's header key is forgotten with it
    assert payload == b"late"
    assert binh.skipped.chains == ()
    with pytest.raises(NoSession):
        sessions.decrypt(binh, late, now=NOW)


def test_an_older_packet_that_was_opened_is_a_replay_while_its_chain_misses_others() -> None:
    anna, binh = bare_pair(b"older replay")[:2]
    packets_ = []
    for _ in range(3):
        anna, packet = seal(anna, b"x", RANDOM)
        packets_.append(packet)
    binh, _ = opened(binh, packets_[0])
    binh, anna = turn(binh, anna)
    anna, binh = turn(anna, binh)
    binh, _ = opened(binh, packets_[1])

    with pytest.raises(Replayed):
        sessions.decrypt(binh, packets_[1], now=NOW)


def test_a_packet_for_another_session_is_not_recognised() -> None:
    _, binh = bare_pair(b"one")[:2]
    other, _ = bare_pair(b"two")[:2]
    _, packet = seal(other, b"x", RANDOM)

    assert not sessions.recognises(binh, packet)
    with pytest.raises(NoSession):
        sessions.decrypt(binh, packet, now=NOW)


def test_a_packet_is_recognised_by_its_recipient_and_not_by_its_sender() -> None:
    anna, binh = bare_pair(b"reflect")[:2]
    anna, packet = seal(anna, b"x", RANDOM)

    assert sessions.recognises(binh, packet)
    assert not sessions.recognises(anna, packet)


def test_a_header_is_read_without_opening_the_packet() -> None:
    anna, binh = bare_pair(b"peek")[:2]
    _, packet = seal(anna, b"x", RANDOM)
    spoiled = packet[:-1] + bytes([packet[-1] ^ 1])

    header = sessions.peek(binh, spoiled)

    assert header is not None
    assert (header.epoch, header.n) == (1, 0)
    assert binh.receiving is not None
    assert header.public == binh.receiving.public
    assert sessions.peek(anna, packet) is None


def test_a_restored_copy_seals_another_text_under_another_key() -> None:
    # The same state seals twice, as a store does that was put back; the salt of each packet makes its key.
    anna, binh = bare_pair(b"restored")[:2]
    first, second = b"a" * 64, b"b" * 64
    _, one = seal(anna, first, RANDOM)
    _, two = seal(anna, second, RANDOM)

    def stream(packet: bytes, text: bytes) -> bytes:
        body = packet[packets.FRONT_SIZE : packets.FRONT_SIZE + len(text)]
        return bytes(a ^ b for a, b in zip(body, text, strict=True))

    assert stream(one, first) != stream(two, second)
    assert one[: packets.SEALED_HEADER_SIZE] != two[: packets.SEALED_HEADER_SIZE]
    assert sessions.decrypt(binh, one, now=NOW)[1].payload == first
    assert sessions.decrypt(binh, two, now=NOW)[1].payload == second
    # The control: without fresh randomness the key stream is the same, and shows.
    _, three = seal(anna, first, seeded(b"stuck"))
    _, four = seal(anna, second, seeded(b"stuck"))
    assert stream(three, first) == stream(four, second)


def test_a_packet_for_another_device_is_not_recognised() -> None:
    anna, binh = bare_pair(b"device")[:2]
    _, packet = seal(anna, b"x", RANDOM)

    assert not sessions.recognises(replace(binh, own_device=anna.own_device), packet)


@pytest.mark.parametrize("length", [0, 151, 511, 513, 2047, 32_769])
def test_a_packet_of_another_size_is_refused(length: int) -> None:
    _, binh = bare_pair(b"size")[:2]

    with pytest.raises(FormatError):
        sessions.decrypt(binh, bytes(length), now=NOW)


def _packet_with_everything(seed: str) -> tuple[Session, bytes]:
    """Return a receiver and a packet for it that holds an answer, an offer, a payload and padding."""
    anna, binh = _young(seed)
    anna = replace(anna, since_pq=30)
    anna, packet = seal(anna, bytes(600), RANDOM)
    binh, _ = opened(binh, packet)
    binh, _ = seal(binh, b"x", RANDOM)
    _, packet = seal(replace(binh, since_pq=30), bytes(3000), RANDOM)
    assert header_kind(anna, packet) is PqKind.BOTH
    return anna, packet


def test_a_bit_changed_in_any_byte_is_refused_and_changes_nothing() -> None:
    # given
    anna, packet = _packet_with_everything("flip")
    before = sessions.encode(anna)

    # when
    for position in range(len(packet)):
        damaged = bytearray(packet)
        damaged[position] ^= 1 << position % 8
        with pytest.raises(SecmsgError):
            sessions.decrypt(anna, bytes(damaged), now=NOW)

    # then the state is what it was, and the packet still opens
    assert sessions.encode(anna) == before
    assert opened(anna, packet)[1] == bytes(3000)


def test_a_packet_cut_or_exchanged_between_two_is_refused() -> None:
    # given two packets of one chain
    anna, binh = bare_pair(b"splice")[:2]
    anna, first = seal(anna, b"first", RANDOM)
    anna, second = seal(anna, b"other", RANDOM)

    # when header, commitment and body are put together from both
    for cut in (104, 136):
        with pytest.raises(DecryptionError):
            sessions.decrypt(binh, first[:cut] + second[cut:], now=NOW)


def test_a_jump_within_the_bound_keeps_the_newest_keys_and_one_beyond_is_refused() -> None:
    # given a sender far ahead
    anna, binh = bare_pair(b"jump")[:2]
    chain = anna.sending
    assert chain is not None
    kept = {}
    for n in range(skipped_keys.MAX_JUMP + 2):
        if n in (0, skipped_keys.MAX_JUMP - skipped_keys.MAX_PER_CHAIN, skipped_keys.MAX_JUMP, 25_001):
            anna, kept[n] = seal(anna, b"x", RANDOM)
        else:
            anna = replace(anna, sending=_advanced(anna))

    # when it jumps one place too many, then exactly the bound
    with pytest.raises(TooFarAhead):
        sessions.decrypt(binh, kept[25_001], now=NOW)
    binh, _ = opened(binh, kept[25_000])

    # then 2048 keys are kept, of the newest places
    assert binh.skipped.total() == skipped_keys.MAX_PER_CHAIN
    binh, _ = opened(binh, kept[25_000 - 2048])
    with pytest.raises(Replayed):
        sessions.decrypt(binh, kept[0], now=NOW)
    opened(binh, kept[25_001])


def _advanced(session: Session) -> SendingChain:
    chain = session.sending
    assert chain is not None
    return replace(chain, chain=chain_key.advance(chain.chain)[0], n=chain.n + 1)


def test_a_peer_that_claims_to_have_sent_less_than_arrived_is_refused() -> None:
    # given a responder who has two packets of the first chain
    anna, binh = bare_pair(b"pn")[:2]
    for _ in range(2):
        anna, packet = seal(anna, b"x", RANDOM)
        binh, _ = opened(binh, packet)
    binh, anna = turn(binh, anna)

    # when the next chain says there was one, or one too many to skip
    for claim, error in ((1, DecryptionError), (25_003, TooFarAhead)):
        _, packet = seal(replace(anna, previous_n=claim), b"x", RANDOM)
        with pytest.raises(error):
            sessions.decrypt(binh, packet, now=NOW)


def test_a_first_answer_that_claims_earlier_packets_is_refused() -> None:
    anna, binh = bare_pair(b"pn first")[:2]
    _, packet = seal(replace(binh, previous_n=1), b"x", RANDOM)

    with pytest.raises(DecryptionError):
        sessions.decrypt(anna, packet, now=NOW)


def test_a_chain_does_not_change_its_public_key() -> None:
    anna, binh = bare_pair(b"public")[:2]
    binh = replace(binh, receiving=replace(_receiving(binh), public=b"\x09" * 32))
    _, packet = seal(anna, b"x", RANDOM)

    with pytest.raises(DecryptionError):
        sessions.decrypt(binh, packet, now=NOW)


def _receiving(session: Session) -> ReceivingChain:
    assert session.receiving is not None
    return session.receiving


def _sending(session: Session) -> SendingChain:
    assert session.sending is not None
    return session.sending


@pytest.mark.parametrize("claimed", [3, 4, 6])
def test_a_header_that_names_another_epoch_is_refused(claimed: int) -> None:
    anna, binh = established("epoch")
    binh, anna = turn(binh, anna)
    # the chain of epoch 2 goes on, and lies about its epoch
    lying = replace(binh, sending=replace(_sending(binh), epoch=claimed))
    _, packet = seal(lying, b"x", RANDOM)
    with pytest.raises(DecryptionError):
        sessions.decrypt(anna, packet, now=NOW)

    # a chain begun lies about its epoch
    anna, binh = turn(anna, binh)
    begun, packet = seal(replace(binh, receiving=replace(_receiving(binh), epoch=claimed)), b"x", RANDOM)
    assert _sending(begun).epoch == claimed + 1
    if claimed + 1 == 4:
        assert opened(anna, packet)[1] == b"x"
        return
    with pytest.raises(DecryptionError):
        sessions.decrypt(anna, packet, now=NOW)


def test_numbers_that_are_used_up_ask_for_a_new_session() -> None:
    # given chains at their end
    anna, binh = bare_pair(b"end")[:2]
    anna = replace(anna, sending=replace(_sending(anna), n=MAX_U32))
    binh_end = replace(binh, receiving=replace(_receiving(binh), epoch=MAX_U32))

    # when a packet or a chain more is asked for
    with pytest.raises(TooFarAhead):
        seal(anna, b"x", RANDOM)
    with pytest.raises(TooFarAhead):
        seal(binh_end, b"x", RANDOM)

    # and the place after the last is refused on arrival too
    last = replace(anna, sending=replace(_sending(anna), n=MAX_U32 - 1))
    last, packet = seal(last, b"x", RANDOM)
    at_end = replace(binh, receiving=replace(_receiving(binh), n=MAX_U32 - 1))
    assert _receiving(opened(at_end, packet)[0]).n == MAX_U32


def crafted(anna: Session, n: int, body_len: int, body: bytes, commitment: bytes = b"") -> bytes:
    """Make a packet as a peer would that has the keys and does not keep to the rules."""
    chain = _sending(anna)
    header = packets.PacketHeader(1, n, 0, chain.ratchet.public, bytes(16), body_len, PqKind.NONE, 0, 0, 0, bytes(8))
    sealed = sealing.seal(chain.header_key, packets.encode_header(header), b"\x00\x02")
    keys = chain_key.packet_keys(chain_key.advance(chain.chain)[1], bytes(16))
    commitment = commitment or hashing.hmac_sha256(keys.commitment, sealed)
    associated = anna.session_id + b"\x01" + sealed + commitment
    return sealed + commitment + aead.seal(keys.key, keys.nonce, body, associated)


def test_a_packet_crafted_by_the_rules_opens() -> None:
    # negative control of the tests below, and a second writing of the packet's composition
    anna, binh = bare_pair(b"crafted")[:2]

    assert opened(binh, crafted(anna, 0, 5, b"hello" + bytes(355)))[1] == b"hello"


def test_a_body_that_authenticates_under_another_commitment_is_refused() -> None:
    # given a sender who wants a packet that opens under more than one key, and so commits to none
    anna, binh = bare_pair(b"crafted")[:2]

    with pytest.raises(DecryptionError):
        sessions.decrypt(binh, crafted(anna, 0, 5, b"hello" + bytes(355), b"\x01" * 32), now=NOW)


def test_fill_that_is_not_zeros_is_refused() -> None:
    anna, binh = bare_pair(b"crafted")[:2]

    with pytest.raises(FormatError):
        sessions.decrypt(binh, crafted(anna, 0, 5, b"hello" + bytes(354) + b"\x01"), now=NOW)


def test_a_length_beyond_the_body_is_refused() -> None:
    anna, binh = bare_pair(b"crafted")[:2]

    for length in (361, MAX_U32):
        with pytest.raises(FormatError):
            sessions.decrypt(binh, crafted(anna, 0, length, bytes(360)), now=NOW)


def test_a_packet_with_the_number_after_the_last_is_refused() -> None:
    anna, binh = bare_pair(b"beyond")[:2]
    binh = replace(binh, receiving=replace(_receiving(binh), n=MAX_U32 - 1))

    with pytest.raises(TooFarAhead):
        sessions.decrypt(binh, crafted(anna, MAX_U32, 0, bytes(360)), now=NOW)


def test_a_session_without_any_chain_cannot_seal() -> None:
    anna, binh = bare_pair(b"none")[:2]

    with pytest.raises(FormatError):
        seal(replace(anna, sending=None), b"x", RANDOM)
    with pytest.raises(FormatError):
        sessions.seal_packet(binh, b"", size=512, kind=PqKind.NONE, ack=NO_ACK, edition=EDITION, random=RANDOM)


# Sizes


@pytest.mark.parametrize(
    ("length", "size"),
    [
        (0, 512),
        (360, 512),
        (361, 2048),
        (1896, 2048),
        (1897, 8192),
        (8040, 8192),
        (8041, 32768),
        (32616, 32768),
    ],
)
def test_a_packet_takes_the_smallest_class(length: int, size: int) -> None:
    anna, binh = bare_pair(b"class")[:2]

    _, packet = seal(anna, bytes(length), RANDOM)

    assert len(packet) == size
    assert opened(binh, packet)[1] == bytes(length)


def test_a_payload_beyond_the_largest_class_or_the_class_asked_for_is_refused() -> None:
    anna, _ = bare_pair(b"too long")[:2]

    for length, size_class in ((32_617, None), (361, 512), (0, 513)):
        with pytest.raises(FormatError):
            seal(anna, bytes(length), RANDOM, size_class=size_class)


def test_the_class_asked_for_is_taken() -> None:
    anna, _ = bare_pair(b"asked")[:2]

    assert len(seal(anna, b"x", RANDOM, size_class=8192)[1]) == 8192


def test_room_says_what_surely_fits() -> None:
    anna, binh = established("room")
    assert sessions.room(anna, 512) == 360
    assert sessions.room(binh, 512) == 360

    # an answering chain carries its ciphertext always
    binh, packet = seal(binh, b"x", RANDOM)
    assert len(packet) == 2048
    assert sessions.room(binh, 512) == 0
    assert sessions.room(binh, 32_768) == MAX_PAYLOAD
    _, packet = seal(binh, bytes(MAX_PAYLOAD), RANDOM)
    assert len(packet) == 32_768
    with pytest.raises(FormatError):
        seal(binh, bytes(MAX_PAYLOAD + 1), RANDOM)


# The post-quantum step


def test_the_first_answer_mixes_the_handshakes_offer_in() -> None:
    # given a session just opened
    anna, binh = established("first answer")

    # when the responder answers
    binh, packet = seal(binh, b"x", RANDOM, now=NOW + 5)
    kind = header_kind(anna, packet)
    after, _ = opened(anna, packet, NOW + 9)

    # then the ciphertext is in every packet of its chain, and both remember the step
    assert kind is PqKind.ANSWER
    assert (after.last_pq_at, after.since_pq) == (NOW + 9, 1)
    assert binh.last_pq_at == NOW + 5
    binh, second = seal(binh, b"x", RANDOM)
    assert header_kind(anna, second) is PqKind.ANSWER
    assert opened(anna, second)[1] == b"x"


def test_the_step_changes_the_root() -> None:
    # given one responder, with and without the initiator's offer
    anna, binh = established("root differs")
    without = replace(binh, receiving=replace(_receiving(binh), offer=b""))

    # when both begin their chain with the same X25519 key
    with_step, _ = seal(binh, b"x", seeded(b"same"))
    without_step, _ = seal(without, b"x", seeded(b"same"))

    # then the key is the same and the roots are not
    assert _sending(with_step).ratchet == _sending(without_step).ratchet
    assert with_step.root != without_step.root
    assert anna.root == binh.root


def test_a_class_too_small_leaves_the_offer_unanswered() -> None:
    anna, binh = established("small")

    binh, packet = seal(binh, b"x", RANDOM, size_class=512)

    assert header_kind(anna, packet) is PqKind.NONE
    anna, _ = opened(anna, packet)
    assert anna.root == binh.root


def test_an_unusable_offer_is_passed_over() -> None:
    # given a peer whose offer is no encapsulation key
    anna, binh = established("unusable")
    binh = replace(binh, receiving=replace(_receiving(binh), offer=b"\xff" * 1184))

    # when the chain begins
    _, packet = seal(binh, b"x", RANDOM)

    # then it goes on classically
    assert header_kind(anna, packet) is PqKind.NONE
    assert opened(anna, packet)[1] == b"x"


def test_an_answer_to_no_offer_is_refused() -> None:
    anna, binh = established("no offer")
    anna = replace(anna, sending=replace(_sending(anna), offer=None))
    _, packet = seal(binh, b"x", RANDOM)

    with pytest.raises(DecryptionError):
        sessions.decrypt(anna, packet, now=NOW)


def _young(seed: str) -> tuple[Session, Session]:
    """Return a pair in epoch 3 whose last post-quantum step is at NOW."""
    anna, binh = established(seed)
    binh, anna = turn(binh, anna)
    return turn(anna, binh)


@pytest.mark.parametrize(
    ("age", "count", "payload", "size_class", "kind", "size"),
    [
        (DAY, 20, 600, None, PqKind.NONE, 2048),
        (DAY + 1, 0, 600, None, PqKind.OFFER, 2048),
        (0, 21, 600, None, PqKind.OFFER, 2048),
        (0, 21, 100, None, PqKind.NONE, 512),
        (7 * DAY, 50, 100, None, PqKind.NONE, 512),
        (7 * DAY + 1, 0, 100, None, PqKind.OFFER, 2048),
        (0, 51, 100, None, PqKind.OFFER, 2048),
        (0, 51, 100, 512, PqKind.NONE, 512),
        (0, 51, 1000, None, PqKind.OFFER, 8192),
        (0, 51, 32_000, None, PqKind.NONE, 32_768),
        (-DAY, 20, 600, None, PqKind.NONE, 2048),
    ],
)
def test_an_offer_rides_in_the_padding_and_takes_a_larger_class_only_when_overdue(
    age: int, count: int, payload: int, size_class: int | None, kind: PqKind, size: int
) -> None:
    # given a session of this age
    anna, binh = _young("policy")
    anna = replace(anna, last_pq_at=NOW, since_pq=count)

    # when it seals
    anna, packet = seal(anna, bytes(payload), RANDOM, now=NOW + age, size_class=size_class)

    # then
    assert (header_kind(binh, packet), len(packet)) == (kind, size)
    assert opened(binh, packet)[1] == bytes(payload)


def test_an_offer_is_repeated_in_its_chain_where_there_is_room_and_answered_in_the_next() -> None:
    # given an offer made
    anna, binh = _young("repeat")
    anna = replace(anna, since_pq=21)
    anna, first = seal(anna, bytes(600), RANDOM)
    offer = _sending(anna).offer
    assert offer is not None

    # when more packets follow, with room and without, and only the last one arrives
    anna, small = seal(anna, b"x", RANDOM)
    anna, again = seal(anna, bytes(600), RANDOM)
    assert header_kind(binh, first) is PqKind.OFFER
    assert header_kind(binh, small) is PqKind.NONE
    binh, _ = opened(binh, again)
    assert _receiving(binh).offer == offer.public

    # then the next chain answers it; the seed is gone, the roots agree
    binh, answer = seal(binh, b"x", RANDOM)
    assert _receiving(binh).offer == b""
    assert header_kind(anna, answer) is PqKind.ANSWER
    anna, _ = opened(anna, answer)
    assert anna.root == binh.root
    assert offer.seed.reveal() not in sessions.encode(anna)


def test_an_overdue_offer_takes_a_larger_class_at_most_once_an_hour() -> None:
    anna, _ = _young("hourly")
    anna = replace(anna, since_pq=51)

    anna, first = seal(anna, b"x", RANDOM)
    anna, second = seal(anna, b"x", RANDOM, now=NOW + 3_599)
    anna, third = seal(anna, b"x", RANDOM, now=NOW + 3_600)
    anna, fourth = seal(anna, b"x", RANDOM, now=NOW - 1)

    assert [len(packet) for packet in (first, second, third, fourth)] == [2048, 512, 2048, 2048]


def test_on_a_slow_line_an_offer_is_carried_once_an_hour() -> None:
    anna, binh = _young("slow")
    anna = replace(anna, since_pq=21)

    kinds = []
    for at in (0, 3_599, 3_600):
        anna, packet = seal(anna, bytes(600), RANDOM, now=NOW + at, pace=Pace.SLOW)
        kinds.append(header_kind(binh, packet))

    assert kinds == [PqKind.OFFER, PqKind.NONE, PqKind.OFFER]


def test_offers_of_both_sides_cross_and_are_both_answered() -> None:
    # given both sides due
    anna, binh = _young("both")
    anna = replace(anna, since_pq=30)
    anna, packet = seal(anna, bytes(600), RANDOM)
    binh, _ = opened(binh, packet)

    # when the responder answers and is made to offer in the same packets
    binh, _ = seal(binh, b"x", RANDOM)
    binh = replace(binh, since_pq=30)
    binh, both = seal(binh, bytes(3000), RANDOM)

    # then the field holds both, and the initiator answers in turn
    assert header_kind(anna, both) is PqKind.BOTH
    anna, _ = opened(anna, both)
    anna, packet = seal(anna, b"x", RANDOM)
    assert header_kind(binh, packet) is PqKind.ANSWER
    binh, _ = opened(binh, packet)
    assert anna.root == binh.root


def test_an_offer_that_comes_after_the_answering_chain_was_begun_is_not_kept() -> None:
    # given a responder that has begun its chain already
    anna, binh = _young("late offer")
    binh, early = seal(binh, b"x", RANDOM)
    anna = replace(anna, since_pq=21)
    anna, packet = seal(anna, bytes(600), RANDOM)

    # when the offer comes
    binh, _ = opened(binh, packet)

    # then it is not for the chain after the next: its seed will be gone
    assert _receiving(binh).offer == b""
    anna, _ = opened(anna, early)
    anna, binh = turn(anna, binh)
    assert anna.root == binh.root


def test_the_offer_of_an_older_chain_is_not_kept() -> None:
    # given a packet with an offer that is late by a whole turn
    anna, binh = _young("old offer")
    anna = replace(anna, since_pq=21)
    anna, late = seal(anna, bytes(600), RANDOM)
    anna, seen = seal(anna, b"x", RANDOM)
    binh, _ = opened(binh, seen)
    binh, anna = turn(binh, anna)
    anna, binh = turn(anna, binh)

    # when it comes
    binh, payload = opened(binh, late)

    # then it opens and its offer is not taken
    assert payload == bytes(600)
    assert _receiving(binh).offer == b""


def test_the_first_chain_has_no_pq_field() -> None:
    anna, binh = bare_pair(b"first chain")[:2]
    anna = replace(anna, since_pq=60)
    _, packet = seal(anna, bytes(600), RANDOM)
    assert header_kind(binh, packet) is PqKind.NONE

    key = agreement.kem_generate(Kem.LEVEL_768, RANDOM)
    anna = replace(anna, sending=replace(_sending(anna), offer=OwnOffer(key.seed, key.public, NOW)))
    _, packet = sessions.seal_packet(
        anna, b"", size=2048, kind=PqKind.OFFER, ack=NO_ACK, edition=EDITION, random=RANDOM
    )
    with pytest.raises(FormatError):
        sessions.decrypt(binh, packet, now=NOW)


def test_a_packet_cannot_be_made_with_a_pq_field_the_chain_does_not_have() -> None:
    anna, _ = bare_pair(b"no field")[:2]

    for kind in (PqKind.OFFER, PqKind.ANSWER):
        with pytest.raises(FormatError):
            sessions.seal_packet(anna, b"", size=8192, kind=kind, ack=NO_ACK, edition=EDITION, random=RANDOM)


def test_the_last_resort_flag_falls_with_the_first_step_after_the_handshake() -> None:
    anna, binh = established("flag", last_resort=True)
    assert anna.last_resort
    assert binh.last_resort

    binh, anna = turn(binh, anna)
    assert not anna.last_resort
    anna, binh = turn(anna, binh)
    assert not binh.last_resort


# Times


def test_keys_of_missing_packets_are_wiped_after_thirty_days() -> None:
    # given a missing packet
    anna, binh = bare_pair(b"wipe")[:2]
    anna, missing = seal(anna, b"missing", RANDOM)
    anna, seen = seal(anna, b"seen", RANDOM)
    binh, _ = opened(binh, seen)

    # when it comes just in time, and when it comes too late
    assert opened(binh, missing, NOW + 30 * DAY - 1)[1] == b"missing"
    with pytest.raises(Replayed):
        sessions.decrypt(binh, missing, now=NOW + 30 * DAY)

    # then sealing anything wipes it too
    binh, _ = seal(binh, b"x", RANDOM, now=NOW + 31 * DAY)
    assert binh.skipped.total() == 0


def test_a_clock_set_back_neither_wipes_nor_keeps_for_ever() -> None:
    # given a key passed over while the clock was a year ahead
    anna, binh = bare_pair(b"back")[:2]
    anna, missing = seal(anna, b"missing", RANDOM)
    anna, seen = seal(anna, b"seen", RANDOM)
    binh, _ = opened(binh, seen, NOW + 365 * DAY)

    # when the clock is right again
    binh, _ = seal(binh, b"x", RANDOM, now=NOW)

    # then it lives thirty days from here
    assert opened(binh, missing, NOW + 29 * DAY)[1] == b"missing"
    with pytest.raises(Replayed):
        sessions.decrypt(binh, missing, now=NOW + 30 * DAY)


def test_a_step_dated_in_the_future_is_brought_back_to_now() -> None:
    # given a step taken while the clock was a year ahead
    anna, _ = _young("future")
    anna = replace(anna, last_pq_at=NOW + 365 * DAY)

    # when the clock is right again
    anna, _ = seal(anna, b"x", RANDOM, now=NOW)

    # then the next one is due a week from here, not a year
    assert anna.last_pq_at == NOW
    _, packet = seal(anna, b"x", RANDOM, now=NOW + 7 * DAY + 1)
    assert len(packet) == 2048


def test_a_state_rolled_back_never_seals_two_packets_under_one_key() -> None:
    # given a state restored from a copy
    anna, binh = bare_pair(b"rollback")[:2]

    # when two texts are sealed at the same place
    _, first = seal(anna, b"attack at dawn", RANDOM)
    _, second = seal(anna, b"attack at dusk", RANDOM)

    # then header and body are unrelated: the salt is fresh
    parts = [packets.split(each) for each in (first, second)]
    assert parts[0].header != parts[1].header
    difference = bytes(a ^ b for a, b in zip(parts[0].rest, parts[1].rest, strict=True))
    assert difference[20:60].count(0) < 20
    # negative control: with one salt for both, the fill would cancel out
    _, first = seal(anna, b"attack at dawn", lambda length: bytes(length))
    _, second = seal(anna, b"attack at dusk", lambda length: bytes(length))
    difference = bytes(a ^ b for a, b in zip(first[136:], second[136:], strict=True))
    assert difference[20:60] == bytes(40)
    assert opened(binh, second)[1] == b"attack at dusk"


def test_packets_look_random() -> None:
    # given many packets
    anna, _ = established("uniform")
    data = bytearray()
    for _ in range(600):
        anna, packet = seal(anna, b"", RANDOM)
        data += packet

    # then every byte value occurs about equally often (255 degrees of freedom, 400 is beyond chance)
    expected = len(data) / 256
    chi = sum((data.count(value) - expected) ** 2 / expected for value in range(256))
    assert chi < 400


def test_sides_are_each_others_other() -> None:
    assert Side.INITIATOR.other is Side.RESPONDER
    assert Side.RESPONDER.other is Side.INITIATOR
