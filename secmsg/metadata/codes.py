"""The QR codes in a picture: PNG or JPEG in, their texts out; its bounds hold before the picture is unpacked."""

import io
import warnings

import zxingcpp
from PIL import Image

from secmsg.metadata.code_report import MAX_CODES, MAX_SIGNS, CodeReport, Sight

MAX_INPUT = 16 * 1024 * 1024
MAX_POINTS = 50_000_000
"""Of a picture: a leaf at 600 points an inch has 35 millions."""

_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def read(data: bytes) -> CodeReport:
    """Say which codes a picture shows; never raises for a bad one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = _grey(data)
    except Exception:  # noqa: BLE001 - whatever a hostile picture makes of the library is a picture that cannot be read
        return CodeReport(Sight.UNREADABLE)
    if picture is None:
        return CodeReport(Sight.UNREADABLE)
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]), return_errors=True
    )
    texts = tuple(each.text for each in found if each.valid and len(each.text) <= MAX_SIGNS)[:MAX_CODES]
    if texts:
        return CodeReport(Sight.CODES, texts)
    return CodeReport(Sight.BROKEN if found else Sight.NONE)


def _grey(data: bytes) -> Image.Image | None:
    if len(data) > MAX_INPUT:
        return None
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
        # The size stands in the head: nothing is unpacked before it is judged.
        if picture.width * picture.height > MAX_POINTS:
            return None
        return picture.convert("L")
