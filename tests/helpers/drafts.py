"""Drafts for tests: a complete one, and strategies for any other."""

from dataclasses import replace

from hypothesis import strategies as st

from secmsg.ids import PersonId, StationId
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.wire.cable import Annex, Degree, Kind, LinkKind, Named, Reference, Signatory, SignPrefix, Urgency
from tests.helpers.cables import DTG, MEDIA_TYPES, MRNS, lines

NOW = DTG + 42
RELEASER = Signatory(PersonId(20), "Nguyễn Thị An", "Đại sứ", NOW)
ATTACHMENT = DraftAttachment("a.pdf", "application/pdf", "/home/an/a.pdf", 10, 2)
ANNEX = Annex("a.pdf", "application/pdf", 10, 2, b"\1" * 32, b"\2" * 32)

COMPLETE = Draft(
    degree=Degree.CONFIDENTIAL,
    basis="Danh mục, mục 3",
    action_to=(StationId(1), StationId(2)),
    info_to=(StationId(3),),
    named=(Named(StationId(1), ("Lê Văn Cường",), only=True),),
    caption=("Lãnh đạo Bộ",),
    topics=("HĐ",),
    subject="Về chuyến thăm",
    refs=(Reference("26 BO 012", LinkKind.REPLY),),
    body="1. Nội dung.",
    attachments=(ATTACHMENT,),
    drafter_name="Trần Văn Bình",
    drafter_title="Bí thư",
)

_WORDS = st.lists(lines(1, 3) | st.sampled_from(["A" * 40, "B" * 41, "\u202e"]), max_size=6).map(tuple)
_TIMES = st.none() | st.integers(NOW - 100, NOW + 400 * 86_400)
_STATIONS = st.lists(st.integers(1, 9).map(StationId), max_size=3).map(tuple)
_NAMED = st.builds(
    Named, st.integers(1, 9).map(StationId), st.lists(lines(1, 3), max_size=2).map(tuple), only=st.booleans()
)
DRAFTS = st.builds(
    replace,
    st.just(COMPLETE),
    kind=st.sampled_from(Kind),
    degree=st.none() | st.sampled_from(Degree),
    basis=lines(0, 9),
    protect_until=_TIMES,
    urgency=st.none() | st.sampled_from(Urgency),
    urgency_reason=lines(0, 20),
    desk_by=_TIMES,
    reply_by=_TIMES,
    void_after=_TIMES,
    action_to=_STATIONS,
    info_to=_STATIONS,
    named=st.lists(_NAMED, max_size=2).map(tuple),
    caption=_WORDS,
    topics=_WORDS,
    subject=lines(0, 9),
    subject_in_register=st.booleans(),
    refs=st.lists(st.builds(Reference, MRNS, st.sampled_from(LinkKind)), max_size=2).map(tuple),
    body=st.text(max_size=20),
    summary=st.text(max_size=5),
    attachments=st.lists(
        st.builds(
            DraftAttachment,
            st.text(max_size=5) | st.just("ok.pdf"),
            MEDIA_TYPES,
            st.just("/x"),
            st.integers(0, 2**32),
            st.integers(-1, 20_000),
        ),
        max_size=2,
    ).map(tuple),
    copies=st.integers(0, 100),
    copy_ok=st.booleans(),
    return_by=_TIMES,
    drafter_name=lines(0, 9),
    drafter_title=lines(0, 9),
    sign_prefix=st.sampled_from(SignPrefix),
    second_person_name=lines(0, 9),
)
