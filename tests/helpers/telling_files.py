"""Files that say too much: each holds the word CANARY wherever its format has a place for it beside the content."""

import io
import struct
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageCms, PngImagePlugin

WORD = "CANARY"
POSITION = "21.0285° N, 105.8500° E"
TURNED = 6


def picture() -> Image.Image:
    """Draw something that no two compressors make alike."""
    return Image.frombytes("RGB", (48, 32), bytes((x * 37 + x * x // 7) % 256 for x in range(48 * 32 * 3)))


def exif(turned: int = TURNED) -> Image.Exif:
    """Say everything that a telephone says."""
    block = Image.Exif()
    block[0x0112] = turned
    block[0x010F], block[0x0110], block[0x0131] = WORD, f"{WORD} 15 Pro", f"{WORD} OS 9"
    block[0x013B], block[0x0132] = f"{WORD} Nguyen", "2026:11:20 10:20:30"
    inner = block.get_ifd(0x8769)
    inner[0x9003], inner[0x927C] = "2026:11:20 10:20:30", WORD.encode()
    gps = block.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (21.0, 1.0, 42.5), "E", (105.0, 51.0, 0.0)
    return block


def _saved(format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture().save(out, format_, **options)
    return out.getvalue()


def jpeg() -> bytes:
    """Give a JPEG with Exif, XMP, a comment, a colour profile, a thumbnail in JFIF and something after its end."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = _saved("JPEG", exif=exif(), comment=WORD.encode(), icc_profile=profile, xmp=WORD.encode(), quality=80)
    thumbnail = (
        b"\xff\xe0" + struct.pack(">H", 16 + 12) + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x02\x02" + b"CANARYCANARY"
    )
    return made[:2] + thumbnail + made[2:] + f"MotionPhoto {WORD}".encode()


def png() -> bytes:
    """Give a PNG with text, a time, Exif and something after its end."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", WORD)
    text.add_text("Comment", WORD, zip=True)
    text.add_itxt("XML:com.adobe.xmp", WORD)
    text.add(b"tIME", struct.pack(">HBBBBB", 2026, 11, 20, 10, 20, 30))
    return _saved("PNG", pnginfo=text, exif=exif()) + WORD.encode()


def webp() -> bytes:
    """Give a lossless WebP with Exif and XMP."""
    return _saved("WEBP", lossless=True, exif=exif(), xmp=WORD.encode())


def tiff() -> bytes:
    """Give a TIFF with two pages and every text entry."""
    out = io.BytesIO()
    picture().save(out, "TIFF", tiffinfo=exif(1), save_all=True, append_images=[picture()], description=WORD)
    return out.getvalue()


def tiff_with_position() -> bytes:
    """Give a TIFF by hand: GPS and Exif directories, a second picture under the first, texts beside their entries."""
    word, pixels = WORD.encode() + b" long enough\0", bytes(range(64))

    def directory(entries: list[tuple[int, int, int, int]]) -> bytes:
        body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
        return struct.pack("<H", len(entries)) + body + bytes(4)

    size = 2 + 4
    first, second = 8, 8 + size + 12 * 9
    gps, inner = second + size + 12 * 2, second + size + 12 * 2 + size + 12
    text = inner + size + 12 * 2
    place = text + len(word)
    picture_at = place + len(word)
    main = directory(
        [
            (256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, picture_at),
            (305, 2, len(word), text), (330, 4, 1, second), (34665, 4, 1, inner), (34853, 4, 1, gps),
        ]
    )  # fmt: skip
    below = directory([(256, 4, 1, 8), (315, 2, len(word), text)])
    position = directory([(29, 2, len(word), place)])
    taken = directory([(36867, 2, len(word), place), (40965, 4, 1, gps)])
    return b"II*\0" + struct.pack("<I", first) + main + below + position + taken + word + word + pixels


def heic() -> bytes:
    """Give the skeleton of a HEIC: an Exif item behind the picture's bytes and a note in the store of `meta`."""
    pixels, block, note = bytes(range(64)), b"\x00\x00\x00\x06Exif\x00\x00" + exif(1).tobytes()[6:], WORD.encode()

    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", 8 + len(body)) + kind + body

    head = box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
    items = box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", 1, 0) + b"hvc1\0")
    items += box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", 2, 0) + b"Exif\0")
    items += box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", 3, 0) + b"mime\0application/rdf+xml\0")

    def meta(start: int) -> bytes:
        def place(item: int, method: int, offset: int, length: int) -> bytes:
            return struct.pack(">HHHHII", item, method, 0, 1, offset, length)

        places = (
            place(1, 0, start, len(pixels)) + place(2, 0, start + len(pixels), len(block)) + place(3, 1, 0, len(note))
        )
        iloc = box(b"iloc", b"\x01\0\0\0\x44\x00" + struct.pack(">H", 3) + places)
        iinf = box(b"iinf", b"\0\0\0\0" + struct.pack(">H", 3) + items)
        return box(b"meta", bytes(4) + iinf + iloc + box(b"idat", note))

    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", pixels + block)


def pdf(*, signed: bool = False, password: str = "") -> bytes:
    """Give a PDF with everything beside its page, a photograph in it, and an earlier version under it."""
    out = io.BytesIO()
    with Pdf.new() as made:
        made.add_blank_page()
        page = made.pages[0].obj
        page.PieceInfo = Dictionary(X=Dictionary(Private=WORD))
        page.LastModified = "D:20261120102030"
        page.Contents = made.make_stream(b"BT (the text stays) Tj ET")
        page.Resources = Dictionary(XObject=Dictionary(Im=_photograph(made)))
        page.Annots = Array([made.make_indirect(_note())])
        made.docinfo["/Author"], made.docinfo["/Producer"] = WORD, f"{WORD} Office"
        made.docinfo["/CreationDate"] = "D:20261120102030+07'00'"
        made.Root.Metadata = made.make_stream(_XMP, Type=Name.Metadata)
        if signed:
            made.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([]))
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        made.save(out, encryption=encryption)
    return out.getvalue()


_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    f'<rdf:Description rdf:about="{WORD}"/></rdf:RDF></x:xmpmeta>'
).encode()


def _photograph(made: Pdf) -> pikepdf.Stream:
    width, height = picture().size
    return made.make_stream(
        jpeg(), Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip


def _note() -> Dictionary:
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), T=WORD, M="D:20261120102030", Contents="stays"
    )  # fmt: skip


_CORE = (
    f"<cp:coreProperties><dc:creator>{WORD}</dc:creator><cp:lastModifiedBy>{WORD}</cp:lastModifiedBy>"
    "<dcterms:created>2026-11-20T10:20:30Z</dcterms:created><cp:revision>7</cp:revision></cp:coreProperties>"
)
_RELATIONS = (
    '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="r2" Type="http://x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>'
)


def office(parts: dict[str, str | bytes]) -> bytes:
    """Pack parts as an office document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.comment = WORD.encode()
        for name, body in {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _RELATIONS,
            "docProps/core.xml": _CORE,
            "docProps/app.xml": f"<Properties><Company>{WORD}</Company><Application>{WORD}</Application></Properties>",
            "docProps/custom.xml": f"<Properties><a>{WORD}</a></Properties>",
            "docProps/thumbnail.jpeg": jpeg(),
            **parts,
        }.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 10, 20, 30)), body)
    return out.getvalue()


def docx() -> bytes:
    """Give a text with a comment, a tracked change and a photograph."""
    return office(
        {
            "word/document.xml": f'<w:p w:rsidR="00AB12CD"><w:ins w:author="{WORD}" w:date="2026-11-20T10:20:30Z">'
            "<w:t>the text stays</w:t></w:ins></w:p>",
            "word/comments.xml": f'<w:comment w:id="1" w:author="{WORD}" w:initials="{WORD}" w:date="2026-11-20"/>',
            "word/settings.xml": f'<w:settings><w:rsids><w:rsid w:val="{WORD}"/></w:rsids></w:settings>',
            "word/people.xml": f'<w15:people><w15:person w15:author="{WORD}"><x/></w15:person></w15:people>',
            "word/media/image1.jpeg": jpeg(),
            "word/media/image2.png": png(),
        }
    )


def xlsx() -> bytes:
    """Give a workbook that knows where it lay."""
    return office(
        {
            "xl/workbook.xml": f'<workbook><x15ac:absPath url="C:\\Users\\{WORD}\\"/><sheet name="stays"/></workbook>',
            "xl/comments1.xml": f"<comments><authors><author>{WORD}</author></authors></comments>",
            "xl/persons/person.xml": f'<person displayName="{WORD}" userId="{WORD}" id="1"/>',
        }
    )


def pptx() -> bytes:
    """Give slides with a comment's author."""
    return office({"ppt/commentAuthors.xml": f'<p:cmAuthor id="0" name="{WORD}" initials="{WORD}"/>'})


def archive_bomb() -> bytes:
    """Give a small package that unpacks to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for number in range(3):
            package.writestr(f"word/{number}.xml", bytes(100_000_000))
    return out.getvalue()


TELLING = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "tiff": tiff,
    "placed tiff": tiff_with_position,
    "heic": heic,
    "pdf": pdf,
    "docx": docx,
    "xlsx": xlsx,
    "pptx": pptx,
}
