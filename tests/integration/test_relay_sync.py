"""What readers and senders can and cannot do at a relay, by the link and past it."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.crypto import randomness
from secmsg.errors import ClockSkew, FormatError, LinkRefused, OutcomeUnknown
from secmsg.ids import DepositToken
from secmsg.links.link import Mailbox, RelayAddress
from secmsg.links.relay import RelayLink
from secmsg.relay import home as homes
from secmsg.relay.boxes_sqlite import DAY_S
from secmsg.relay.home import Home
from secmsg.relay.rights_sqlite import Quota
from secmsg.relay.server import RelayServer, Service
from secmsg.wire.sync import (
    Ack,
    BoxStatus,
    CreateStatus,
    DepositStatus,
    PrekeyStatus,
    PrekeyUpload,
    TakeStatus,
)
from tests.helpers.relays import Box, a_box, a_relay, address_of, linked, served


class Clock:
    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = a_relay(tmp_path_factory.mktemp("sync") / "relay")
    with served(made, service=Service(quota=Quota(box_messages=600))):
        yield made


@pytest.fixture(scope="module")
def address(home: Home) -> RelayAddress:
    return address_of(home)


@pytest.fixture
def link(address: RelayAddress) -> Iterator[RelayLink]:
    with linked(address) as made:
        yield made


def _made(link: RelayLink, count: int = 1) -> list[Box]:
    made = [a_box() for _ in range(count)]
    assert set(link.create_boxes([each.new() for each in made])) == {CreateStatus.CREATED}
    return made


def _ids(link: RelayLink, *boxes: Box) -> list[list[bytes]]:
    contents = link.sync([each.mailbox() for each in boxes]).contents
    return [[letter.message_id for letter in each.envelopes] for each in contents]


def test_a_message_is_deposited_fetched_and_acknowledged(link: RelayLink) -> None:
    (box,) = _made(link)
    letter = box.letter()

    assert link.deposit([letter]) == (DepositStatus.STORED,)
    assert link.deposit([letter]) == (DepositStatus.DUPLICATE,)
    (envelope,) = link.sync([box.mailbox()]).contents[0].envelopes
    assert (envelope.message_id, envelope.body) == (letter.message_id, letter.body)
    link.sync([box.mailbox()], [Ack(box.box, ((1, 1),))])

    assert _ids(link, box) == [[]]
    assert link.deposit([letter]) == (DepositStatus.DUPLICATE,)


def test_mailboxes_of_several_keys_are_read_in_one_request(link: RelayLink) -> None:
    boxes = _made(link, 9)
    letters = [box.letter(number) for number, box in enumerate(boxes)]

    link.deposit(letters)

    assert _ids(link, *boxes) == [[letter.message_id] for letter in letters]


def test_one_bad_item_does_not_fail_the_batch(link: RelayLink) -> None:
    box, full = _made(link, 2)
    strange = replace(box.letter(), token=DepositToken(bytes(16)))

    statuses = link.deposit([box.letter(), strange, full.letter()])

    assert statuses == (DepositStatus.STORED, DepositStatus.UNKNOWN, DepositStatus.STORED)


def test_more_than_a_request_holds_goes_in_several(link: RelayLink) -> None:
    (box,) = _made(link)
    letters = [box.letter(number, size=32_768) for number in range(17)]
    letters += [box.letter(number) for number in range(200)]

    statuses = link.deposit(letters)

    assert statuses == (DepositStatus.STORED,) * 217
    assert link.deposit([]) == ()
    with pytest.raises(FormatError):
        link.deposit([box.letter(size=513)])
    with pytest.raises(FormatError):
        link.take_bundle(box.box, box.token, b"short")


def test_a_request_without_a_live_token_learns_nothing(link: RelayLink) -> None:
    (box,) = _made(link)

    wrong = link.deposit([replace(box.letter(), token=DepositToken(bytes(16)))] * 2)
    nowhere = link.deposit([a_box().letter()])

    assert wrong == (DepositStatus.UNKNOWN,) * 2
    assert nowhere == (DepositStatus.UNKNOWN,)


def test_a_mailbox_is_neither_read_nor_emptied_by_another_key(link: RelayLink) -> None:
    mine, other = _made(link, 2)
    link.deposit([other.letter()])
    as_if_mine = Mailbox(other.box, mine.key)

    result = link.sync([mine.mailbox(), as_if_mine], [Ack(other.box, ((1, 9),))])

    assert [each.status for each in result.contents] == [BoxStatus.LIVE, BoxStatus.UNKNOWN]
    assert len(_ids(link, other)[0]) == 1


def test_a_mailbox_that_is_not_here_is_named(link: RelayLink) -> None:
    (mine,) = _made(link)

    result = link.sync([mine.mailbox(), a_box().mailbox()])

    assert [each.status for each in result.contents] == [BoxStatus.LIVE, BoxStatus.UNKNOWN]


def test_nobody_makes_a_mailbox_that_another_reads(link: RelayLink) -> None:
    (mine,) = _made(link)
    squatted = replace(mine, key=a_box().key)

    assert link.create_boxes([squatted.new()]) == (CreateStatus.REFUSED,)


def test_an_enrolment_token_must_be_known(link: RelayLink, address: RelayAddress) -> None:
    (mine,) = _made(link)
    with linked(replace(address, enrol_token=bytes(16))) as poor:
        # Beside a mailbox that is there the refusal is named, alone it is blank.
        named = poor.create_boxes([mine.new(), a_box().new()])
        with pytest.raises(LinkRefused):
            poor.create_boxes([a_box().new()])

    assert named == (CreateStatus.REFUSED,) * 2


def test_a_waiting_reader_is_woken_by_a_deposit(link: RelayLink, address: RelayAddress) -> None:
    (box,) = _made(link)
    letter = box.letter()

    def later() -> None:
        time.sleep(0.4)
        with linked(address) as sender:
            sender.deposit([letter])

    sender = threading.Thread(target=later)
    sender.start()
    started = time.monotonic()
    result = link.sync([box.mailbox()], wait_s=20)
    sender.join()

    assert [each.message_id for each in result.contents[0].envelopes] == [letter.message_id]
    assert time.monotonic() - started < 5


def test_waiting_ends_without_mail(link: RelayLink) -> None:
    (box,) = _made(link)
    started = time.monotonic()

    result = link.sync([box.mailbox()], wait_s=1)

    assert result.contents[0].envelopes == ()
    assert 0.8 < time.monotonic() - started < 5


def test_nobody_waits_for_mailboxes_that_are_not_there(link: RelayLink) -> None:
    (box,) = _made(link)
    started = time.monotonic()

    link.sync([Mailbox(a_box().box, box.key)], wait_s=20)

    assert time.monotonic() - started < 5


def test_a_waiting_request_is_broken_off_and_the_link_stays_usable(link: RelayLink) -> None:
    (box,) = _made(link)
    threading.Timer(0.3, link.interrupt).start()

    with pytest.raises(OutcomeUnknown):
        link.sync([box.mailbox()], wait_s=20)

    assert link.sync([box.mailbox()]).contents[0].status is BoxStatus.LIVE


def test_a_wrong_clock_is_told_and_corrected(address: RelayAddress, link: RelayLink) -> None:
    (box,) = _made(link)
    clock = Clock()
    clock.ahead = DAY_S
    with linked(address, clock) as late:
        with pytest.raises(ClockSkew) as told:
            late.sync([box.mailbox()])
        assert abs(told.value.offset_s + DAY_S) <= 2

        late.clock_offset_s = told.value.offset_s
        assert late.sync([box.mailbox()]).contents[0].status is BoxStatus.LIVE


def test_prekeys_are_uploaded_and_taken_once(link: RelayLink) -> None:
    (box,) = _made(link)
    upload = PrekeyUpload(box.box, 3, b"s" * 5013, b"b" * 3443, (b"1" * 1476, b"2" * 1476))
    request = randomness.system(16)
    assert link.take_bundle(box.box, box.token, request).status is TakeStatus.NONE

    statuses = [link.upload_prekeys(box.mailbox(), upload) for _ in range(2)]
    old = link.upload_prekeys(box.mailbox(), replace(upload, version=2))
    taken = [link.take_bundle(box.box, box.token, request) for _ in range(3)]
    others = [link.take_bundle(box.box, box.token, randomness.system(16)) for _ in range(2)]
    (level,) = link.sync([box.mailbox()]).levels

    assert [*statuses, old] == [PrekeyStatus.STORED, PrekeyStatus.SAME, PrekeyStatus.OLD]
    assert {each.entry for each in taken} == {b"1" * 1476}
    assert [each.status for each in others] == [TakeStatus.ONE_TIME, TakeStatus.LAST_RESORT]
    assert (others[1].signed, others[1].batch, others[1].entry) == (upload.signed, upload.batch, b"")
    assert (level.box, level.version, level.remaining) == (box.box, 3, 0)
    wrong = link.take_bundle(box.box, DepositToken(bytes(16)), request)
    assert wrong.status is TakeStatus.UNKNOWN


def test_prekeys_go_into_an_own_mailbox_only(link: RelayLink) -> None:
    mine, other = _made(link, 2)

    status = link.upload_prekeys(Mailbox(other.box, mine.key), PrekeyUpload(other.box, 1, b"s"))

    assert status is PrekeyStatus.UNKNOWN
    assert link.take_bundle(other.box, other.token, bytes(16)).status is TakeStatus.NONE


def test_a_mailbox_larger_than_an_answer_is_fetched_in_parts(link: RelayLink) -> None:
    (box,) = _made(link)
    letters = [box.letter(number, size=32_768) for number in range(20)]
    for start in range(0, 20, 5):
        link.deposit(letters[start : start + 5])
    found: list[bytes] = []
    after = 0

    while envelopes := link.sync([box.mailbox(after)]).contents[0].envelopes:
        found += [each.message_id for each in envelopes]
        after = envelopes[-1].seq

    assert found == [each.message_id for each in letters]


def test_a_full_mailbox_refuses(link: RelayLink) -> None:
    (box,) = _made(link)
    statuses: list[DepositStatus] = []
    for _ in range(6):
        statuses += link.deposit([box.letter() for _ in range(110)])

    assert statuses.count(DepositStatus.STORED) == 600
    assert set(statuses[600:]) == {DepositStatus.FULL}


def test_the_feed_is_the_same_for_everybody(home: Home, link: RelayLink) -> None:
    before = link.feed_head()
    number = before.number + 1
    homes.publish(home, b"an edition", number)

    assert link.feed_head().number == number
    assert link.feed_segment(number) == b"an edition"
    with pytest.raises(LinkRefused):
        link.feed_segment(number + 1)


def test_a_small_request_costs_few_bytes(link: RelayLink, address: RelayAddress) -> None:
    (box,) = _made(link)
    sent: list[bytes] = []
    link.deposit([box.letter()])
    connection = link._line._session  # noqa: SLF001, RUF100 - the only way to see the head
    assert connection is not None
    pool = next(iter(connection.get_adapter(address.base_url).poolmanager.pools._container.values()))  # type: ignore[attr-defined]  # requests' internals
    kept = pool.pool.get_nowait()
    send = kept.send

    def sending(data: bytes) -> None:
        sent.append(bytes(data))
        send(data)

    kept.send = sending
    pool.pool.put(kept)

    link.deposit([box.letter()])

    head = sent[0]
    prefix = len(address.prefix) + 1
    assert head.startswith(b"POST /")
    assert b"User-Agent" not in head
    assert len(head) - prefix <= 75
    assert sum(map(len, sent)) - 512 <= 250


def test_time_is_not_believed_from_the_environment(
    address: RelayAddress, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login planted password planted\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")

    with linked(address) as link:
        assert link.feed_head().number >= 0


def test_what_is_over_is_swept(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    address = address_of(home)
    clock = Clock()
    box = a_box()
    with served(home, clock=clock), linked(address) as link:
        link.create_boxes([box.new()])
        link.deposit([box.letter() for _ in range(3)])
    assert homes.counts(home).messages == 3

    clock.ahead = 32 * DAY_S
    _served_until(home, clock, lambda: homes.counts(home).messages == 0)
    assert homes.counts(home).boxes == 1
    clock.ahead = 130 * DAY_S
    _served_until(home, clock, lambda: homes.counts(home).boxes == 0)


def _served_until(home: Home, clock: Clock, done: object) -> RelayServer:
    assert callable(done)
    with served(home, clock=clock) as server:
        for _ in range(100):
            if done():
                return server
            time.sleep(0.05)
    raise AssertionError("the sweep did not come")


def test_a_restart_loses_nothing(tmp_path: Path) -> None:
    home = a_relay(tmp_path / "relay")
    address = address_of(home)
    box = a_box()
    with linked(address) as link:
        with served(home):
            link.create_boxes([box.new()])
            link.deposit([box.letter()])
        with served(home):
            assert len(_ids(link, box)[0]) == 1
            assert link.sync([box.mailbox()]).draining is False
