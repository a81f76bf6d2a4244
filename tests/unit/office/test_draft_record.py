"""A draft is kept as it was typed."""

from dataclasses import replace

import pytest
from hypothesis import given

from secmsg.errors import FormatError
from secmsg.ids import StationId
from secmsg.office import draft_record
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.wire import codec
from secmsg.wire.cable import Degree, LinkKind, Named, Reference
from tests.helpers.drafts import COMPLETE, DRAFTS

ODD = replace(
    COMPLETE,
    basis="\ud800",
    subject="a\u202e\0\t",
    body="e\u0302\u0301" * 300_000,
    named=(Named(StationId(0), ("",), only=False),),
    caption=("", ""),
    refs=(Reference("nothing", LinkKind.CANCEL),),
    attachments=(DraftAttachment("../\udc80", "", "/tmp/\udcff", 2**40, 10**9, without_metadata=True),),
)


@pytest.mark.parametrize("draft", [Draft(), COMPLETE, ODD, Draft(degree=Degree.SECRET, urgency=None)])
def test_a_draft_comes_back(draft: Draft) -> None:
    assert draft_record.decode(draft_record.encode(draft)) == draft


def test_an_attachment_of_the_first_version_goes_as_it_is() -> None:
    fields = codec.decode(draft_record.encode(COMPLETE), max_bytes=10_000)
    assert isinstance(fields, dict)
    (attachment,) = codec.as_array(fields[20], 1, 1, "attachments")
    fields[20] = [codec.as_array(attachment, 6, 6, "attachment")[:5]]

    old = draft_record.decode(codec.encode(fields))

    assert old == COMPLETE
    assert not old.attachments[0].without_metadata


def test_a_number_that_no_field_can_hold_is_refused() -> None:
    with pytest.raises(FormatError):
        draft_record.encode(replace(COMPLETE, copies=-1))


def test_text_that_is_not_text_is_refused() -> None:
    fields = codec.decode(draft_record.encode(Draft()), max_bytes=10_000)
    assert isinstance(fields, dict)

    with pytest.raises(FormatError, match="not text"):
        draft_record.decode(codec.encode({**fields, 18: b"\xff"}))
    with pytest.raises(FormatError, match="unknown field"):
        draft_record.decode(codec.encode({**fields, 99: 0}))


@given(DRAFTS.filter(lambda draft: all(attachment.pages >= 0 for attachment in draft.attachments)))
def test_any_draft_comes_back(draft: Draft) -> None:
    assert draft_record.decode(draft_record.encode(draft)) == draft
