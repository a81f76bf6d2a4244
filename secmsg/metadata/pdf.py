"""PDF: document information, XMP, thumbnails, private data and earlier versions are left out, by pikepdf (qpdf)."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from secmsg.errors import FormatError
from secmsg.metadata import jpeg
from secmsg.metadata.report import Found, SignedError, Trace, found

_KINDS = {
    "/Author": Trace.AUTHOR,
    "/Creator": Trace.SOFTWARE,
    "/Producer": Trace.SOFTWARE,
    "/CreationDate": Trace.TIME,
    "/ModDate": Trace.TIME,
    "/Title": Trace.COMMENT,
    "/Subject": Trace.COMMENT,
    "/Keywords": Trace.COMMENT,
}
_ALWAYS_GONE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")
_ANNOTATION = {"/T": Trace.AUTHOR, "/M": Trace.TIME, "/CreationDate": Trace.TIME}
_SHOWN = {
    "/Metadata": (Trace.OTHER, "XMP"),
    "/PieceInfo": (Trace.SOFTWARE, "PieceInfo"),
    "/LastModified": (Trace.TIME, "LastModified"),
    "/Thumb": (Trace.THUMBNAIL, ""),
}


def clean(data: bytes) -> tuple[bytes, list[Found]]:
    """Return the document written anew without what is beside its pages, and what that was.

    FormatError when it is damaged or encrypted, SignedError when a signature covers it.
    """
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise FormatError("an encrypted PDF")
            if _signed(pdf):
                raise SignedError
            seen = list(_strip(pdf))
            if data.count(b"%%EOF") > 1 + pdf.is_linearized:
                seen.append(found(Trace.HISTORY, data.count(b"startxref") - pdf.is_linearized))
            out = io.BytesIO()
            # The identifier is made of the contents: it says nothing about this machine and this hour.
            pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, RecursionError) as error:
        raise FormatError(f"a PDF that cannot be read: {type(error).__name__}") from None
    return out.getvalue(), seen


def _signed(pdf: Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and int(form.get("/SigFlags", 0)) & 1:
        return True
    if "/Perms" in pdf.Root:
        return True
    return any(isinstance(each, Dictionary) and "/ByteRange" in each and "/Contents" in each for each in pdf.objects)


def _strip(pdf: Pdf) -> Iterator[Found]:
    information = pdf.trailer.get("/Info")
    if isinstance(information, Dictionary):
        for key, value in information.items():
            yield found(_KINDS.get(key, Trace.OTHER), str(value) if key in _KINDS else f"{key[1:]}: {value}")
        del pdf.trailer["/Info"]
    for each in pdf.objects:
        if isinstance(each, Dictionary | Stream):
            yield from _strip_object(each)


def _strip_object(each: Object) -> Iterator[Found]:
    for key in _ALWAYS_GONE:
        if key in each:
            trace, word = _SHOWN[key]
            yield found(trace, word)
            del each[key]
    if "/Subtype" in each and "/Rect" in each:
        for key, trace in _ANNOTATION.items():
            # /T of a form's widget is the name of its field.
            if key in each and (key != "/T" or each.get("/Subtype") != Name.Widget):
                yield found(trace, str(each[key]))
                del each[key]
    if "/Params" in each and "/Type" in each:
        yield from _file_dates(each)
    if isinstance(each, Stream):
        yield from _picture(each)


def _parameters(stream: Stream) -> Dictionary | Array | None:
    parameters = stream.get("/DecodeParms")
    return parameters if isinstance(parameters, Dictionary | Array) else None


def _file_dates(each: Object) -> Iterator[Found]:
    parameters = each["/Params"]
    for key in ("/CreationDate", "/ModDate"):
        if isinstance(parameters, Dictionary) and key in parameters:
            yield found(Trace.TIME, str(parameters[key]))
            del parameters[key]


def _picture(stream: Stream) -> Iterator[Found]:
    """Clean a JPEG inside the document."""
    filters = stream.get("/Filter")
    if isinstance(filters, Array) and len(filters) == 1:
        filters = filters[0]
    if filters != Name.DCTDecode:
        return
    try:
        cleaned, seen = jpeg.clean(stream.read_raw_bytes())
    except FormatError:
        yield found(Trace.OTHER, "JPEG")
        return
    if seen:
        stream.write(cleaned, filter=Name.DCTDecode, decode_parms=_parameters(stream))
        yield from seen
