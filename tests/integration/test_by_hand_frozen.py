"""While sending is frozen cables go by hand, under numbers and serials that the lost state cannot have given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import Frozen, NotAllowed
from secmsg.office.copies import MARGIN, Cause
from secmsg.station.freezing import OWN
from secmsg.station.reopening import Word
from secmsg.station.views import CableRow
from secmsg.store import continuity as pair_rows
from secmsg.store import freezes
from secmsg.store.freezes import Freeze
from tests.helpers.by_hand import Ends, inbox, two_ends
from tests.helpers.ministry import HQ, draft

WORD = Word("Trần Thị Bình", "Cục Cơ yếu, điện thoại 14:05Z, đồng chí Lê")


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[Ends]:
    with two_ends(tmp_path) as ends:
        desk = ends.paris.station.desk
        with desk.db.transaction():
            freezes.begin(desk.db, Freeze(Cause.RESTORED.value, OWN, OWN, desk.now(), "1790000000"))
        yield ends


def test_a_cable_by_hand_goes_out_and_is_read_and_its_signed_form_follows_later(frozen: Ends) -> None:
    paris, hq = frozen.paris.station, frozen.hq.station
    last, given = paris.sent()[0].number, pair_rows.outgoing(paris.desk.db, HQ.id).next - 1
    with pytest.raises(Frozen):
        paris.release(draft(HQ.id))

    first = frozen.release()
    second = frozen.release()
    taken = [frozen.take(each.message) for each in (first, second)]

    numbers = [row.number for row in inbox(frozen.hq)]
    assert numbers == [last + MARGIN + 2, last + MARGIN + 1], "what the lost state may have given is left out once"
    assert first.serial >= given + MARGIN
    assert second.serial == first.serial + 1
    assert all(each.cable_id is not None for each in taken)
    frozen.world.settle()
    assert all(row.unsigned for row in inbox(frozen.hq)), "no byte of a signed form left a frozen store"

    paris.reopen(WORD, numbers[0])
    frozen.world.clock.now += 3_600
    frozen.world.settle(rounds=6)

    rows = [row for row in hq.inbox() if isinstance(row, CableRow)]
    assert sorted(row.number for row in rows) == sorted({row.number for row in rows})
    assert not any(row.unsigned for row in inbox(frozen.hq)), "the signed forms came when sending went on"


def test_a_block_for_the_hand_is_not_used_and_a_copy_out_of_use_sends_nothing(frozen: Ends) -> None:
    with pytest.raises(NotAllowed, match="block"):
        frozen.release(way=frozen.way.__class__(frozen.out.number, frozen.top(), block=1))

    frozen.paris.station.retire(WORD)

    with pytest.raises(NotAllowed, match="out of use"):
        frozen.release()
