"""No message is overlooked by a reader who is about to wait."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from secmsg.crypto import randomness
from secmsg.ids import MailboxId, MessageId, RelayId
from secmsg.relay.rations import Rations
from secmsg.relay.rights_sqlite import Quota
from secmsg.relay.sync import SyncDesk
from secmsg.relay.tally import Tally
from secmsg.relay.wake import Wake
from secmsg.relay.writer import Writer
from secmsg.wire.sync import BoxContents, BoxStatus, Envelope, Fetch, SyncRequest

BOX, OTHER = MailboxId(b"b" * 16), MailboxId(b"o" * 16)


class Mail:
    """A mailbox into which a message falls right after somebody has looked into it."""

    def __init__(self, wake: Wake) -> None:
        self.wake = wake
        self.stored = False

    def look(self) -> bool:
        found = self.stored
        if not found:
            self.stored = True
            self.wake.touch([BOX])
        return found


async def _register_then_read(wake: Wake, look: Callable[[], bool]) -> bool:
    with wake.register([BOX]) as event:
        if look():
            return True
        await asyncio.wait_for(event.wait(), 0.2)
        return look()


async def _read_then_register(wake: Wake, look: Callable[[], bool]) -> bool:
    if look():
        return True
    with wake.register([BOX]) as event:
        await asyncio.wait_for(event.wait(), 0.2)
        return look()


def test_a_message_between_the_read_and_the_wait_is_found() -> None:
    wake = Wake()

    assert asyncio.run(_register_then_read(wake, Mail(wake).look))


def test_the_other_order_loses_it() -> None:
    # The control: the same race, with the waiter registered too late.
    wake = Wake()

    with pytest.raises(TimeoutError):
        asyncio.run(_read_then_register(wake, Mail(wake).look))


async def _waiting(wake: Wake, box: MailboxId = BOX) -> bool:
    with wake.register([box]) as event:
        try:
            await asyncio.wait_for(event.wait(), 0.1)
        except TimeoutError:
            return False
        return True


def test_only_the_reader_of_that_mailbox_wakes() -> None:
    async def scene() -> list[bool]:
        wake = Wake()
        waiting = asyncio.gather(_waiting(wake), _waiting(wake, OTHER))
        await asyncio.sleep(0.01)
        wake.touch([BOX, MailboxId(bytes(16))])
        return list(await waiting)

    assert asyncio.run(scene()) == [True, False]


def test_a_later_reader_takes_the_place_of_an_earlier_one() -> None:
    async def scene() -> list[bool]:
        wake = Wake()
        first = asyncio.create_task(_waiting(wake))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(_waiting(wake))
        woken = await first
        wake.touch([BOX])
        return [woken, await second]

    assert asyncio.run(scene()) == [True, True]


def test_a_relay_that_stops_lets_nobody_wait() -> None:
    async def scene() -> list[bool]:
        wake = Wake()
        first = asyncio.create_task(_waiting(wake))
        await asyncio.sleep(0.01)
        wake.release()
        return [await first, await _waiting(wake)]

    assert asyncio.run(scene()) == [True, True]


def test_too_many_do_not_wait() -> None:
    async def scene() -> bool:
        wake = Wake(most=1)
        with wake.register([OTHER]):
            return await _waiting(wake)

    assert asyncio.run(scene())


class LateWake(Wake):
    """The mistake: the waiter is entered only after the mailbox was read."""

    @contextmanager
    def register(self, boxes: Iterable[MailboxId]) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        asyncio.get_running_loop().call_soon(self._waiting.update, dict.fromkeys(boxes, event))
        yield event


class RacedDesk(SyncDesk):
    """A desk into whose mailbox a message falls right after its first read."""

    def _fetch(self, wishes: tuple[Fetch, ...], main: bytes, keys: dict[MailboxId, bytes]) -> tuple[BoxContents, ...]:
        found = self.draining
        if not found:
            self.draining = True
            self.wake.touch([BOX])
        letters = (Envelope(1, MessageId(bytes(16)), bytes(512)),) if found else ()
        return (BoxContents(BOX, BoxStatus.LIVE, letters),)


def _served_by(wake: Wake) -> bool:
    async def scene() -> bool:
        writer = Writer(Path("unused"))
        reader = sqlite3.connect(":memory:")
        desk = RacedDesk(
            RelayId(bytes(16)),
            reader,
            writer,
            wake,
            Quota(),
            time.time,
            randomness.system,
            lambda: 0.0,
            Tally(),
            Rations(),
        )
        request = SyncRequest(1, bytes(8), fetches=(Fetch(BOX),), wait_s=1)
        (contents,) = await desk._fetch_or_wait(request, b"", {})  # noqa: SLF001, RUF100 - the step under test
        reader.close()
        return bool(contents.envelopes)

    return asyncio.run(scene())


def test_the_desk_registers_before_it_reads() -> None:
    assert _served_by(Wake())


def test_the_same_desk_with_a_late_waiter_sleeps_through_it() -> None:
    # The control.
    assert not _served_by(LateWake())
