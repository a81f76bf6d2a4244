"""Papers of a delegation kit: a cable printed from it, and the report when it is back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from secmsg.ids import CableId
from secmsg.station import exporting, reading
from secmsg.station.desk import Desk
from secmsg.station.kit_views import KitStanding, Reconciliation
from secmsg.wire.cable import Degree

_DEGREES = {
    Degree.UNCLASSIFIED: "KHÔNG MẬT",
    Degree.CONFIDENTIAL: "MẬT",
    Degree.SECRET: "TỐI MẬT",
    Degree.TOP_SECRET: "TUYỆT MẬT",
}


def draw_print(desk: Desk, standing: KitStanding, cable_id: CableId, number: int) -> bytes:
    """Draw a print in memory; FormatError for a character that cannot be printed."""
    from secmsg.papers import kit_prints

    view = reading.view(desk, cable_id)
    words = exporting.as_text(view.cable, view.origin_name, view.action_names, view.info_names)
    at = hour(desk.now(), standing.timezone)
    permit = standing.permit
    mark = f"Bộ điện cơ động {permit.number} / Kit {permit.number} · bản in {number} / print {number} · {at}"
    printed = kit_prints.Printed(_DEGREES[view.cable.degree], mark, permit.bearer, words.splitlines()[1:])
    return kit_prints.pdf(printed)


def print_name(desk: Desk, cable_id: CableId, number: int) -> str:
    """Name the file of a print; it bears no subject."""
    return f"{reading.view(desk, cable_id).cable.mrn} in {number}.pdf"


def report(found: Reconciliation, office: str, timezone: str, people: tuple[str, ...], handed_back: int) -> bytes:
    """Draw the report on a kit that came back."""
    from secmsg.papers import kit_reports

    permit, use = found.permit, found.use
    times = f"{hour(permit.start, timezone)} – {hour(permit.until, timezone)}"
    facts = [
        (("Bộ số", "Kit"), f"{found.number}"),
        (("Người mang", "Bearer"), f"{permit.bearer}, {permit.title}"),
        (("Mục đích", "Purpose"), permit.purpose),
        (("Địa điểm", "Places"), permit.places),
        (("Người cho phép", "Permitted by"), permit.permitted_by),
        (("Thời gian", "From, until"), times),
        (("Số lần mở", "Openings"), f"{use.openings} / {permit.openings}"),
        (("Thời gian mở", "Time open"), f"{use.used_s // 3600} h {use.used_s % 3600 // 60:02} min"),
        (("Số máy đã mở", "Machines"), f"{found.machines}"),
        (("Bản in: đã in, nộp lại, còn ngoài", "Prints: made, back, still out"),
         f"{found.printed}, {handed_back}, {max(0, found.printed - handed_back)}"),
        (("Tệp kèm đã ghi ra", "Enclosures written out"), f"{found.exported}"),
    ]  # fmt: skip
    rows = [
        (each.mrn, each.subject, f"{each.read}", f"{each.previewed}", f"{each.printed}", f"{each.exported}")
        for each in found.cables
    ]
    return kit_reports.pdf(kit_reports.Report(office, facts, rows, found.differences, people))


def hour(at: int, timezone: str) -> str:
    """Write a time as day and hour with its zone."""
    here = datetime.fromtimestamp(at, ZoneInfo(timezone))
    return f"{here:%d/%m/%Y %H:%M} ({here:%z})"
