"""The report on a lost kit, as a draft to headquarters: what is on it, how it is guarded, what is asked."""

from secmsg.ids import DraftId
from secmsg.office import draft_record, kit_records
from secmsg.office.draft import Draft
from secmsg.office.pad_pages import moment
from secmsg.station import breaks
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import cables as cable_rows
from secmsg.store import drafts
from secmsg.store import kits as rows
from secmsg.store.drafts import KeptDraft
from secmsg.store.kits import KeptKit
from secmsg.wire.cable import Urgency

_ID_SIZE = 16


def draft_lost(desk: Desk, kit: KeptKit, note: str) -> str:
    """Keep a draft of the report on a lost kit, addressed to headquarters, and return its text."""
    permit = kit_records.decode_permit(kit_records.decode_signed(kit.permit).permit)
    own, directory = desks.own(desk), desks.directory(desk)
    to = [each for each in breaks.headquarters(desk) if each != own.station]
    heads = [cable_rows.head(desk.db, cable) for _, cable, _ in rows.cables(desk.db, kit.number)]
    body = "\n".join(
        (
            f"1. Mất bộ điện cơ động số {kit.number}, số sổ khí tài {kit.item}, lúc {moment(desk.now())}.",
            f"2. Người mang: {permit.bearer}, {permit.title}. Nơi đi: {permit.places}.",
            f"3. Sự việc: {note or '(bổ sung)'}",
            f"4. Trong bộ có {len(heads)} điện: {', '.join(sorted(each.mrn for each in heads))}.",
            "5. Bảo vệ: mã bằng mật khẩu của người mang; không có khóa, phiên hay danh bạ của trạm.",
            f"6. Phiếu hết hạn {moment(permit.until)}. Trạm đã ngừng bổ sung điện vào bộ này; khóa, phiên của trạm "
            "không đổi.",
            "7. Đề nghị Bộ: đánh giá mức lộ; cho ý kiến xử lý.",
        )
    )
    person = directory.person_entry(own.person)
    draft = Draft(
        degree=max((permit.degree, *(each.degree for each in heads))),
        action_to=tuple(to),
        urgency=Urgency.IMMEDIATE,
        subject=f"Báo mất bộ điện cơ động số {kit.number}",
        body=body,
        drafter_name=person.name,
        drafter_title=person.title,
    )
    with desk.db.transaction():
        kept = KeptDraft(DraftId(desk.random(_ID_SIZE)), desk.now(), draft_record.encode(draft))
        drafts.keep(desk.db, kept)
    return body
