"""What arrives of a chain is what the vectors say, step by step."""

import pytest

from secmsg.office import continuity
from tests.vectors import frame
from tests.vectors.frame import File, Test
from tests.vectors.make_continuity import played


@pytest.mark.parametrize(("_", "test"), frame.cases("continuity", expect="ok"))
def test_every_item_is_what_it_is_to_the_chain(_: File, test: Test) -> None:
    state, seen = played(test["acts"])
    ack = continuity.acknowledgement(state)

    assert seen == test["gives"]
    assert (state.highest, [list(gap) for gap in continuity.gaps(state)]) == (test["highest"], test["gaps"])
    assert [ack.ack, ack.bitmap] == test["ack"]
    assert continuity.decode(continuity.encode(state)) == state


@pytest.mark.parametrize(("_", "test"), frame.cases("continuity", expect="refused"))
def test_an_act_on_serials_is_refused(_: File, test: Test) -> None:
    with frame.refusal(test):
        played(test["acts"])
