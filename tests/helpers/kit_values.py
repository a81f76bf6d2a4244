"""Permits and additions of kits as values, for tests of their formats and rules."""

from secmsg.office.kits import AtExpiry, Permit
from secmsg.wire.cable import Degree
from secmsg.wire.kit_drop import Head, Longer, Packed

DAY = 86_400
START = 1_790_000_000
PERMIT = Permit(
    number=7,
    bearer="Lê Văn Đoàn",
    title="Trưởng đoàn",
    degree=Degree.SECRET,
    purpose="Hội đàm",
    places="Genève",
    measures="Luôn mang theo người",
    permitted_by="Đại sứ Nguyễn Văn Paris",
    start=START,
    until=START + 3 * DAY,
    made_at=START - DAY,
    openings=5,
    minutes=60,
    prints=2,
    exports=True,
    drops=True,
    at_expiry=AtExpiry.REFUSE,
)
PACKED = Packed(b"signed", incoming=True, at=START, register_line=3, acknowledged_at=0, proven=b"proven")
NAMES = ((1, "Bộ Ngoại giao", "Headquarters"), (2, "ĐSQ Paris", ""))
WITH_CABLES = Head(b"k" * 16, 1, START, (PACKED, PACKED), ((10, 20), ()), NAMES)
PROLONGING = Head(b"k" * 16, 2, START, (), (), (), Longer(START + DAY, 9, 90, START))
HEADS = (WITH_CABLES, PROLONGING)
