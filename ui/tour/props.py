"""Invented cables for the demo, and a PDF of some 5 MB that a cable carries."""

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage, QPainter, QPdfWriter

from secmsg.ids import StationId
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.wire.cable import Degree, Urgency

NOISE_SIDE = 1490
"""Pixels along one side of a picture of chance, which does not compress: about 5 MB."""

_BASIS = "Danh mục bí mật nhà nước lĩnh vực đối ngoại, mục 3"


def _cable(to: StationId, degree: Degree, urgency: Urgency, subject: str, body: str) -> Draft:
    return Draft(
        degree=degree,
        basis="" if degree is Degree.UNCLASSIFIED else _BASIS,
        urgency=urgency,
        urgency_reason="Cần xử lý ngay trong đêm, trước phiên họp sáng mai." if urgency is Urgency.FLASH else "",
        action_to=(to,),
        topics=("CT",),
        subject=subject,
        body=body,
        drafter_name="Lê Minh Châu",
        drafter_title="Chuyên viên",
        second_person_name="Phạm Quốc Dũng" if degree is Degree.TOP_SECRET else "",
    )


def to_mission(mission: StationId) -> tuple[Draft, ...]:
    """Return what headquarters has sent before the demo begins, oldest first: each degree, each urgency."""
    lines = (
        (
            Degree.CONFIDENTIAL,
            Urgency.ROUTINE,
            "Hướng dẫn quyết toán kinh phí năm 2026",
            "Đề nghị CQĐD khóa sổ trước ngày 31/12/2026 và gửi báo cáo quyết toán theo mẫu kèm theo công văn trước.",
        ),
        (
            Degree.UNCLASSIFIED,
            Urgency.ROUTINE,
            "Lịch nghỉ Tết Nguyên đán Đinh Mùi",
            "Thông báo lịch nghỉ Tết và lịch trực của các đơn vị trong Bộ.",
        ),
        (
            Degree.CONFIDENTIAL,
            Urgency.ROUTINE,
            "Lịch thay khóa quý IV, mở từ ngày 01/12",
            "Bộ khóa quý IV có hiệu lực từ 00 giờ ngày 01/12 (giờ Hà Nội). Khóa cũ tiêu hủy theo biên bản.",
        ),
        (
            Degree.CONFIDENTIAL,
            Urgency.PRIORITY,
            "Đề nghị xác minh hồ sơ lãnh sự; báo cáo trước ngày 25/11",
            "Đề nghị Đại sứ quán xác minh hồ sơ của công dân nêu tại điện trước và báo cáo kết quả.",
        ),
        (
            Degree.SECRET,
            Urgency.ROUTINE,
            "Trao đổi ý kiến về dự thảo kế hoạch năm 2027",
            "Gửi Đại sứ quán cho ý kiến về các hoạt động ưu tiên năm 2027.",
        ),
        (
            Degree.CONFIDENTIAL,
            Urgency.IMMEDIATE,
            "Thay đổi thành phần đoàn công tác tháng 12",
            "Đoàn gồm 09 người, đến Paris ngày 02/12. Đề nghị bố trí đón và chỗ ở.",
        ),
        (
            Degree.TOP_SECRET,
            Urgency.PRIORITY,
            "Phương án trao đổi cấp cao",
            "1. Nội dung trao đổi trong khuôn khổ đã thống nhất.\n\n"
            "2. Chỉ Đại sứ và người được Đại sứ giao biết nội dung này.",
        ),
        (
            Degree.SECRET,
            Urgency.IMMEDIATE,
            "Chỉ đạo về nghị quyết phiên họp toàn thể UNESCO",
            "Về dự thảo nghị quyết trình phiên họp toàn thể UNESCO, đề nghị Đại sứ quán:\n\n"
            "1. Phối hợp với Phái đoàn thường trực bên cạnh UNESCO tham vấn các nước trong nhóm khu vực; "
            "nắm lập trường và ý kiến sửa đổi.\n\n"
            "2. Điện báo kết quả về Bộ trước 17 giờ ngày 23 tháng 11 (giờ Paris)./.",
        ),
    )
    return tuple(_cable(mission, *line) for line in lines)


def to_headquarters(headquarters: StationId) -> tuple[Draft, ...]:
    """Return what the mission has sent before the demo begins, oldest first."""
    lines = (
        (
            Degree.CONFIDENTIAL,
            Urgency.ROUTINE,
            "Báo cáo công tác tháng 10",
            "Đại sứ quán báo cáo công tác tháng 10 và chương trình tháng 11.",
        ),
        (
            Degree.SECRET,
            Urgency.PRIORITY,
            "Kết quả tiếp xúc ngày 20/11",
            "1. Đối tác ghi nhận đề nghị của ta.\n\n2. Hai bên hẹn trao đổi lại trong tuần tới.",
        ),
    )
    return tuple(_cable(headquarters, *line) for line in lines)


def flash(mission: StationId, pdf: Path) -> Draft:
    """Return the Flash cable that the demo begins with, its PDF attached."""
    draft = _cable(
        mission,
        Degree.SECRET,
        Urgency.FLASH,
        "Ý kiến chỉ đạo về dự thảo nghị quyết, báo cáo ngay",
        "Kính gửi: Đại sứ quán Việt Nam tại Cộng hòa Pháp\n\n"
        "1. Điện Hỏa tốc: gửi kèm dự thảo nghị quyết đã chỉnh lý. Đề nghị nghiên cứu ngay trong đêm.\n\n"
        "2. Điện báo ý kiến về Bộ trước 07 giờ ngày mai (giờ Hà Nội)./.",
    )
    size = pdf.stat().st_size
    return replace(
        draft, attachments=(DraftAttachment("du-thao-nghi-quyet.pdf", "application/pdf", str(pdf), size, 1),)
    )


def write_pdf(path: Path) -> None:
    """Write a real PDF of about 5 MB: a heading and a picture that cannot be compressed."""
    writer = QPdfWriter(str(path))
    writer.setTitle("Demo")
    painter = QPainter(writer)
    painter.setFont(QFont("Be Vietnam Pro", 20))
    page = writer.pageLayout().paintRectPixels(writer.resolution())
    painter.drawText(200, 600, "DỰ THẢO NGHỊ QUYẾT (diễn tập)")
    noise = QImage(
        os.urandom(NOISE_SIDE * NOISE_SIDE * 3), NOISE_SIDE, NOISE_SIDE, 3 * NOISE_SIDE, QImage.Format.Format_RGB888
    )
    side = min(page.width(), page.height()) * 0.8
    painter.drawImage(QRectF(200, 1200, side, side), noise)
    painter.end()
