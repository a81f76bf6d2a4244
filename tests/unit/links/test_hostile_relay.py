"""A relay that lies is found out, one that breaks off is told apart from one that was never reached."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secmsg.crypto import randomness
from secmsg.errors import (
    ClockSkew,
    FormatError,
    LinkError,
    LinkRefused,
    OutcomeUnknown,
    StoreDamaged,
    TransferStopped,
    Unreachable,
)
from secmsg.ids import BlobId, MailboxId, MessageId
from secmsg.links.link import RelayAddress, Timeouts
from secmsg.links.relay import RelayLink
from secmsg.wire import sync
from secmsg.wire.sync import (
    BoxContents,
    BoxStatus,
    ClockAnswer,
    CreateStatus,
    DepositAnswer,
    DepositStatus,
    Envelope,
    PrekeyLevel,
    PrekeyStatus,
    PrekeyUpload,
    SyncAnswer,
    Taken,
    TakeStatus,
)
from tests.helpers.hostile_relay import Answer, Asked, Drop, Say, Script, Silence, hostile
from tests.helpers.relays import a_box

BOX, OTHER = a_box(), a_box()
BLOB = BlobId(b"b" * 16)


def _always(answer: Answer) -> Script:
    return lambda _: answer


def _in_turn(*answers: Answer) -> Script:
    left: Iterator[Answer] = iter(answers)
    return lambda _: next(left)


def _envelope(seq: int, *, fill: int | None = None) -> Envelope:
    return Envelope(seq, MessageId((fill or seq).to_bytes(16, "big")), bytes(512))


def _contents(*envelopes: Envelope, box: MailboxId = BOX.box) -> BoxContents:
    return BoxContents(box, BoxStatus.LIVE, envelopes)


def _says(answer: SyncAnswer | DepositAnswer | ClockAnswer) -> Say:
    return Say(sync.encode_answer(answer))


SYNC_LIES: dict[str, Say] = {
    "rubbish": Say(b"rubbish"),
    "nothing": Say(b""),
    "a page": Say(b"<html>", headers={"Content-Type": "text/html"}),
    "the decoy": Say(b"<html>", status=404),
    "a fault": Say(b"", status=500),
    "a redirection": Say(b"", status=302, headers={"Location": "https://127.0.0.1:1/"}),
    "another kind": _says(DepositAnswer(1, (DepositStatus.STORED,))),
    "a wrong mailbox": _says(SyncAnswer(1, (_contents(_envelope(1), box=OTHER.box),))),
    "no mailbox": _says(SyncAnswer(1)),
    "a mailbox more": _says(SyncAnswer(1, (_contents(), _contents(box=OTHER.box)))),
    "a repeated message": _says(SyncAnswer(1, (_contents(_envelope(7), _envelope(7)),))),
    "a repeated id": _says(SyncAnswer(1, (_contents(_envelope(7), _envelope(8, fill=7)),))),
    "a message of before": _says(SyncAnswer(1, (_contents(_envelope(4)),))),
    "messages out of order": _says(SyncAnswer(1, (_contents(_envelope(9), _envelope(8)),))),
    "statuses nobody asked for": _says(SyncAnswer(1, (_contents(),), created=(CreateStatus.CREATED,))),
    "an upload nobody made": _says(SyncAnswer(1, (_contents(),), uploaded=PrekeyStatus.STORED)),
    "prekeys of another": _says(SyncAnswer(1, (_contents(),), levels=(PrekeyLevel(OTHER.box, 1, 1),))),
    "a message of no class": Say(
        sync.encode_answer(SyncAnswer(1, (_contents(_envelope(7)),))).replace(
            b"\x59\x02\x00" + bytes(512), b"\x59\x01\xff" + bytes(511)
        )
    ),
    "too long": Say(bytes(sync.MAX_ANSWER + 1)),
}


@pytest.mark.parametrize("lie", sorted(SYNC_LIES))
def test_a_lie_to_a_reader_is_refused(tmp_path: Path, lie: str) -> None:
    with hostile(tmp_path, _always(SYNC_LIES[lie])) as (_, link), pytest.raises(LinkRefused):
        link.sync([BOX.mailbox(after=5)])


def test_the_truth_is_not_refused(tmp_path: Path) -> None:
    # The control: the same server, the same link, an answer that fits.
    told = SyncAnswer(9, (_contents(_envelope(6), _envelope(8)),), 3, levels=(PrekeyLevel(BOX.box, 1, 2),))
    with hostile(tmp_path, _always(_says(told))) as (_, link):
        result = link.sync([BOX.mailbox(after=5)])

    assert result.contents == told.contents
    assert (result.relay_time, result.poll_min_s, result.draining) == (9, 3, False)


def test_more_than_was_asked_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secmsg.links.relay.Fetch", lambda box, after: sync.Fetch(box, after, 512, 1))
    told = SyncAnswer(1, (_contents(_envelope(6), _envelope(8)),))
    with hostile(tmp_path, _always(_says(told))) as (_, link), pytest.raises(LinkRefused):
        link.sync([BOX.mailbox()])


@pytest.mark.parametrize(
    "lie",
    [
        _says(DepositAnswer(1)),
        _says(DepositAnswer(1, (DepositStatus.STORED,) * 2)),
        _says(DepositAnswer(1, (DepositStatus.STORED,), (Taken(TakeStatus.NONE),))),
        _says(SyncAnswer(1)),
        _says(ClockAnswer(1)),
        Say(b"\x82\xa0"),
    ],
    ids=range(6),
)
def test_a_lie_to_a_sender_is_refused(tmp_path: Path, lie: Say) -> None:
    with hostile(tmp_path, _always(lie)) as (_, link), pytest.raises(LinkRefused):
        link.deposit([BOX.letter()])


@pytest.mark.parametrize(
    "lie",
    [
        _says(DepositAnswer(1)),
        _says(DepositAnswer(1, takes=(Taken(TakeStatus.NONE),) * 2)),
        _says(DepositAnswer(1, (DepositStatus.STORED,), (Taken(TakeStatus.NONE),))),
    ],
    ids=range(3),
)
def test_a_lie_about_prekeys_is_refused(tmp_path: Path, lie: Say) -> None:
    with hostile(tmp_path, _always(lie)) as (_, link), pytest.raises(LinkRefused):
        link.take_bundle(BOX.box, BOX.token, bytes(16))


def test_a_lie_about_what_was_made_is_refused(tmp_path: Path) -> None:
    with hostile(tmp_path, _always(_says(SyncAnswer(1)))) as (_, link):
        with pytest.raises(LinkRefused):
            link.create_boxes([BOX.new()])
        with pytest.raises(LinkRefused):
            link.upload_prekeys(BOX.mailbox(), PrekeyUpload(BOX.box, 1, b"s"))


@pytest.mark.parametrize("lie", [Say(b"\xa0"), Say(bytes(256)), Say(status=404)], ids=range(3))
def test_a_lie_about_the_feed_is_refused(tmp_path: Path, lie: Say) -> None:
    with hostile(tmp_path, _always(lie)) as (_, link):
        with pytest.raises(LinkRefused):
            link.feed_head()
        with pytest.raises(LinkRefused):
            link.feed_segment(1)


def test_the_relay_s_clock_comes_with_the_error(tmp_path: Path) -> None:
    told = _says(ClockAnswer(int(time.time()) + 4000))
    with hostile(tmp_path, _always(told)) as (_, link), pytest.raises(ClockSkew) as skew:
        link.sync([BOX.mailbox()])

    assert 3998 <= skew.value.offset_s <= 4001


def test_another_certificate_is_not_spoken_to(tmp_path: Path) -> None:
    with hostile(tmp_path, _always(_says(SyncAnswer(1)))) as (relay, _):
        address = replace(relay.address, fingerprint=bytes(32))
        link = RelayLink(address, Timeouts(2, 1), time.time, randomness.system)
        with pytest.raises(Unreachable):
            link.sync([BOX.mailbox()])
        link.close()

    assert relay.asked == []


def test_nobody_there_is_unreachable(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with hostile(tmp_path, _always(Drop())) as (relay, _):
        address = replace(relay.address, base_url=f"https://127.0.0.1:{port}")
    link = RelayLink(address, Timeouts(1, 1), time.time, randomness.system)
    with pytest.raises(Unreachable) as error:
        link.deposit([BOX.letter()])
    link.close()

    assert "prefix" not in str(error.value)


def test_one_that_speaks_no_tls_is_unreachable(tmp_path: Path) -> None:
    with hostile(tmp_path, _always(Drop())) as (relay, _), socket.create_server(("127.0.0.1", 0)) as plain:
        threading.Thread(target=_hang_up, args=(plain,)).start()
        address = replace(relay.address, base_url=f"https://127.0.0.1:{plain.getsockname()[1]}")
        link = RelayLink(address, Timeouts(1, 1), time.time, randomness.system)
        with pytest.raises(Unreachable):
            link.feed_head()
        link.close()


def _hang_up(listening: socket.socket) -> None:
    line, _ = listening.accept()
    with line:
        line.sendall(b"220 mail.example ESMTP\r\n")


@pytest.mark.parametrize(
    "answer",
    [
        Drop(),
        Silence(),
        Say(bytes(100), cut=50),
        Say(raw=b"HTTP/1.1 2"),
        Say(raw=b"SSH-2.0-x\r\n"),
        Say(bytes(100), cut=100, headers={"Content-Length": "200"}),
        Say(bytes(10), delay_s=3),
    ],
    ids=["dropped", "silent", "cut", "half a line", "no http", "shorter than said", "late"],
)
def test_a_line_that_breaks_after_sending_leaves_the_outcome_unknown(tmp_path: Path, answer: Answer) -> None:
    with hostile(tmp_path, _always(answer)) as (relay, link), pytest.raises(OutcomeUnknown):
        link.deposit([BOX.letter()])

    assert len(relay.asked) == 1


def test_a_dropped_kept_connection_is_tried_once_more(tmp_path: Path) -> None:
    good = _says(DepositAnswer(1, (DepositStatus.STORED,)))
    letter = BOX.letter()
    with hostile(tmp_path, _in_turn(good, Drop(), good)) as (relay, link):
        link.deposit([letter])

        assert link.deposit([letter]) == (DepositStatus.STORED,)

    assert len(relay.asked) == 3
    assert relay.asked[1].body == relay.asked[2].body


def test_it_is_tried_once_more_and_not_for_ever(tmp_path: Path) -> None:
    good = _says(DepositAnswer(1, (DepositStatus.STORED,)))
    with hostile(tmp_path, _in_turn(good, Drop(), Drop(), good)) as (relay, link):
        link.deposit([BOX.letter()])
        with pytest.raises(OutcomeUnknown):
            link.deposit([BOX.letter()])

    assert len(relay.asked) == 3


def test_a_connection_is_kept(tmp_path: Path) -> None:
    with hostile(tmp_path, _always(_says(DepositAnswer(1, (DepositStatus.STORED,))))) as (relay, link):
        for _ in range(5):
            link.deposit([BOX.letter()])

        assert relay.lines == 1


def test_a_cookie_is_not_kept(tmp_path: Path) -> None:
    answer = replace(_says(DepositAnswer(1, (DepositStatus.STORED,))), headers={"Set-Cookie": "a=b; Path=/"})
    with hostile(tmp_path, _always(answer)) as (relay, link):
        link.deposit([BOX.letter()])
        link.deposit([BOX.letter()])

    assert "cookie" not in relay.asked[1].headers
    assert set(relay.asked[1].headers) == {"host", "content-length"}


def test_an_answer_that_trickles_is_cut_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secmsg.links.line.LEAST_RATE", 10_000_000)

    def script(_: Asked) -> Answer:
        return Say(raw=None, body=b"", headers={"Content-Length": "100000"}, delay_s=0, cut=0)

    # The head comes, the body never does: each byte would be in time, the whole is not.
    with hostile(tmp_path, script) as (_, link):
        started = time.monotonic()
        with pytest.raises(LinkError):
            link.deposit([BOX.letter()])

    assert time.monotonic() - started < 5


class BlobScript:
    """A relay with one blob, honest but for what `twist` makes of its answers."""

    def __init__(self, content: bytes, twist: "dict[int, Answer] | None" = None) -> None:
        self.content = content
        self.twist = twist or {}
        self.count = 0
        self.tag = '"one"'

    def __call__(self, asked: Asked) -> Answer:
        self.count += 1
        if self.count in self.twist:
            return self.twist[self.count]
        first, last = (int(part) for part in asked.headers["range"].removeprefix("bytes=").split("-"))
        return self.part(first, last)

    def part(self, first: int, last: int, *, total: int | None = None, tag: str | None = None) -> Say:
        size = len(self.content) if total is None else total
        headers = {"Content-Range": f"bytes {first}-{last}/{size}", "ETag": tag or self.tag}
        return Say(self.content[first : last + 1], 206, headers)


CONTENT = randomness.system(200_000)
STEP = 65_536


def test_a_download_goes_on_where_the_line_broke(tmp_path: Path) -> None:
    script = BlobScript(CONTENT)
    script.twist = {2: replace(script.part(STEP, STEP + 4 * STEP - 1), cut=10_000)}
    script.twist = {2: replace(script.part(STEP, 199_999), cut=10_000)}
    seen: list[int] = []
    with hostile(tmp_path, script) as (relay, link):
        link.download_blob(BLOB, tmp_path / "target", size=200_000, progress=lambda done, _: seen.append(done))

    assert (tmp_path / "target").read_bytes() == CONTENT
    assert relay.asked[2].headers["range"].startswith("bytes=75536-")
    assert relay.asked[2].headers["if-range"] == '"one"'
    assert seen == sorted(seen)


def test_a_download_goes_on_in_another_process(tmp_path: Path) -> None:
    script = BlobScript(CONTENT)
    script.twist = {number: Drop() for number in range(2, 12)}
    with hostile(tmp_path, script) as (_, link), pytest.raises(OutcomeUnknown):
        link.download_blob(BLOB, tmp_path / "target", size=200_000)
    assert (tmp_path / "target.part").stat().st_size == STEP
    assert not (tmp_path / "target").exists()

    script.twist = {}
    with hostile(tmp_path, script) as (relay, link):
        link.download_blob(BLOB, tmp_path / "target", size=200_000)

    assert relay.asked[0].headers["range"].startswith(f"bytes={STEP}-")
    assert (tmp_path / "target").read_bytes() == CONTENT


def test_a_part_without_its_tag_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "target.part").write_bytes(b"old" * 1000)
    with hostile(tmp_path, BlobScript(CONTENT)) as (relay, link):
        link.download_blob(BLOB, tmp_path / "target", size=200_000)

    assert relay.asked[0].headers["range"].startswith("bytes=0-")
    assert (tmp_path / "target").read_bytes() == CONTENT


def test_a_complete_part_only_needs_its_name(tmp_path: Path) -> None:
    (tmp_path / "target.part").write_bytes(CONTENT)
    (tmp_path / "target.part.tag").write_text('"one"')
    with hostile(tmp_path, BlobScript(CONTENT)) as (relay, link):
        link.download_blob(BLOB, tmp_path / "target", size=200_000)

    assert relay.asked == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["target", "tls.crt", "tls.key"]


def test_another_upload_under_the_same_id_is_fetched_from_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "target.part").write_bytes(b"old" * 1000)
    (tmp_path / "target.part.tag").write_text('"old"')
    whole = Say(CONTENT, 200, {"ETag": '"new"'})
    with hostile(tmp_path, BlobScript(CONTENT, {1: whole})) as (_, link):
        link.download_blob(BLOB, tmp_path / "target", size=200_000)

    assert (tmp_path / "target").read_bytes() == CONTENT


HONEST = BlobScript(CONTENT)
DOWNLOAD_LIES: dict[str, Say] = {
    "no such blob": Say(b"<html>", 404),
    "a shorter blob": HONEST.part(0, STEP - 1, total=199_999),
    "a longer blob": HONEST.part(0, STEP - 1, total=200_001),
    "another piece": HONEST.part(1, STEP),
    "a shorter piece": HONEST.part(0, STEP - 2),
    "a piece that is said to be longer": replace(
        HONEST.part(0, STEP - 1),
        headers={**HONEST.part(0, STEP - 1).headers, "Content-Length": str(STEP + 1)},
    ),
    "no range": replace(HONEST.part(0, STEP - 1), headers={"ETag": '"one"'}),
    "no tag": replace(HONEST.part(0, STEP - 1), headers={"Content-Range": f"bytes 0-{STEP - 1}/200000"}),
    "a tag that is none": HONEST.part(0, STEP - 1, tag="x" * 65),
    "the whole, shorter": Say(CONTENT[:-1], 200, {"ETag": '"one"'}),
    "the whole, longer": Say(CONTENT + b"x", 200, {"ETag": '"one"'}),
    "unsatisfiable": Say(b"", 416, {"Content-Range": "bytes */200000"}),
}


@pytest.mark.parametrize("lie", sorted(DOWNLOAD_LIES))
def test_a_lie_about_a_blob_is_refused(tmp_path: Path, lie: str) -> None:
    with hostile(tmp_path, _always(DOWNLOAD_LIES[lie])) as (_, link), pytest.raises(LinkRefused):
        link.download_blob(BLOB, tmp_path / "target", size=200_000)

    assert not (tmp_path / "target").exists()


def test_a_relay_that_starts_over_for_ever_is_left(tmp_path: Path) -> None:
    numbers = iter(range(1000))

    def script(_: Asked) -> Answer:
        return Say(CONTENT, 200, {"ETag": f'"{next(numbers)}"'}, cut=50_000)

    with hostile(tmp_path, script) as (relay, link), pytest.raises(LinkError):
        link.download_blob(BLOB, tmp_path / "target", size=200_000)

    assert len(relay.asked) <= 10


def test_a_stopped_download_is_kept(tmp_path: Path) -> None:
    done: list[int] = []
    with hostile(tmp_path, BlobScript(CONTENT)) as (_, link), pytest.raises(TransferStopped):
        link.download_blob(
            BLOB,
            tmp_path / "target",
            size=200_000,
            progress=lambda now, _: done.append(now),
            cancelled=lambda: done[-1] >= STEP,
        )

    assert (tmp_path / "target.part").stat().st_size >= STEP


def test_a_download_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"mine")
    (tmp_path / "target.part").symlink_to(tmp_path / "elsewhere")
    with hostile(tmp_path, BlobScript(CONTENT)) as (_, link), pytest.raises(StoreDamaged):
        link.download_blob(BLOB, tmp_path / "target", size=200_000)

    assert (tmp_path / "elsewhere").read_bytes() == b"mine"


class UploadScript:
    """A relay that takes an upload, honest but for `twist`."""

    def __init__(self, twist: "dict[int, Answer] | None" = None) -> None:
        self.twist = twist or {}
        self.count = 0
        self.content = b""

    def __call__(self, asked: Asked) -> Answer:
        self.count += 1
        twisted = self.twist.get(self.count)
        if asked.method == "PATCH" and not (isinstance(twisted, Say) and twisted.status != 204):
            if int(asked.headers["upload-offset"]) != len(self.content):
                return self.at(len(self.content), 409)
            self.content += asked.body
        if twisted is not None:
            return twisted
        status = {"POST": 201, "HEAD": 200, "PATCH": 204}[asked.method]
        return self.at(len(self.content), status)

    def at(self, offset: int, status: int) -> Say:
        return Say(b"", status, {"Upload-Offset": str(offset), "Tus-Resumable": "1.0.0"})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(CONTENT)
    return path


def test_an_upload_asks_where_the_line_broke(tmp_path: Path, source: Path) -> None:
    script = UploadScript({2: Drop()})
    with hostile(tmp_path, script) as (relay, link):
        link.upload_blob(BLOB, bytes(16), source)

    # The piece had been taken when the kept line was dropped: sent once more, it is a conflict that names the offset.
    assert script.content == CONTENT
    assert [each.method for each in relay.asked] == ["POST", "PATCH", "PATCH", "PATCH"]


def test_an_upload_goes_on_from_the_relay_s_offset(tmp_path: Path, source: Path) -> None:
    script = UploadScript()
    script.content = CONTENT[:150_000]
    with hostile(tmp_path, script) as (relay, link):
        link.upload_blob(BLOB, bytes(16), source)

    assert script.content == CONTENT
    assert [each.headers.get("upload-offset") for each in relay.asked] == [None, "150000"]


def test_a_conflict_names_where_to_go_on(tmp_path: Path, source: Path) -> None:
    script = UploadScript()
    script.twist = {2: script.at(100, 409)}
    script.content = b""

    def answer(asked: Asked) -> Answer:
        if script.count == 1:
            script.content = CONTENT[:100]
        return script(asked)

    with hostile(tmp_path, answer) as (_, link):
        link.upload_blob(BLOB, bytes(16), source)

    assert script.content == CONTENT


UPLOAD_LIES: dict[str, dict[int, Answer]] = {
    "refused": {1: Say(b"<html>", 404)},
    "no offset": {1: Say(b"", 201)},
    "an offset that is none": {1: Say(b"", 201, {"Upload-Offset": "-1"})},
    "more than there is": {1: Say(b"", 201, {"Upload-Offset": "200001"})},
    "a piece refused": {2: Say(b"", 404)},
    "more than was sent": {2: Say(b"", 204, {"Upload-Offset": "199999"})},
    "nothing kept": {2: Say(b"", 204, {"Upload-Offset": "0"})},
    "a conflict for ever": {n: Say(b"", 409, {"Upload-Offset": "0"}) for n in range(2, 20)},
}


@pytest.mark.parametrize("lie", sorted(UPLOAD_LIES))
def test_a_lie_about_an_upload_is_refused(tmp_path: Path, source: Path, lie: str) -> None:
    with hostile(tmp_path, UploadScript(UPLOAD_LIES[lie])) as (relay, link), pytest.raises(LinkRefused):
        link.upload_blob(BLOB, bytes(16), source)

    assert len(relay.asked) < 10


def test_an_upload_is_stopped_between_pieces(tmp_path: Path, source: Path) -> None:
    script = UploadScript()
    with hostile(tmp_path, script) as (_, link), pytest.raises(TransferStopped):
        link.upload_blob(BLOB, bytes(16), source, cancelled=lambda: len(script.content) > 0)

    assert script.content == CONTENT[:STEP]


def test_an_empty_file_is_not_uploaded(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with hostile(tmp_path, UploadScript()) as (_, link), pytest.raises(FormatError):
        link.upload_blob(BLOB, bytes(16), tmp_path / "empty")


def test_deleting_what_is_not_ours_is_refused(tmp_path: Path) -> None:
    with hostile(tmp_path, _in_turn(Say(b"", 204), Say(b"", 404))) as (_, link):
        link.delete_blob(BLOB, bytes(16))
        with pytest.raises(LinkRefused):
            link.delete_blob(BLOB, bytes(16))


def test_secrets_do_not_show(tmp_path: Path) -> None:
    with hostile(tmp_path, _always(Drop())) as (relay, _):
        shown = repr(relay.address)

    assert "prefix" not in shown.replace("relay", "")
    assert isinstance(relay.address, RelayAddress)
