"""A draft as the store keeps it: everything that is in the form, also what may not be sent yet.

Text is kept byte for byte as it was typed, so a draft with a refused character is still there after a
restart.
"""

from collections.abc import Sequence

from secmsg.errors import FormatError
from secmsg.ids import StationId
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.wire import codec
from secmsg.wire.cable import Degree, Kind, LinkKind, Named, Reference, SignPrefix, Urgency
from secmsg.wire.codec import Fields, Value

MAX_BYTES = 2**24

_VERSION = 1
_MAX_ITEMS = 65_536
_ANY = MAX_BYTES
# A draft may hold any number that a field of the form can hold, also one that lacks will name.
_MAX_NUMBER = 2**63 - 1


def encode(draft: Draft) -> bytes:
    """Return the canonical bytes of a draft; FormatError beyond 16 MiB or where a number is negative."""
    fields: dict[int, Value] = {
        0: _VERSION,
        1: int(draft.kind),
        2: None if draft.degree is None else int(draft.degree),
        3: _kept(draft.basis),
        4: draft.protect_until,
        5: None if draft.urgency is None else int(draft.urgency),
        6: _kept(draft.urgency_reason),
        7: draft.desk_by,
        8: draft.reply_by,
        9: draft.void_after,
        10: list(draft.action_to),
        11: list(draft.info_to),
        12: [[each.station, _kept_all(each.persons), each.only] for each in draft.named],
        13: _kept_all(draft.caption),
        14: _kept_all(draft.topics),
        15: _kept(draft.subject),
        16: draft.subject_in_register,
        17: [[_kept(each.mrn), int(each.link)] for each in draft.refs],
        18: _kept(draft.body),
        19: _kept(draft.summary),
        20: [
            [_kept(each.name), _kept(each.media_type), _kept(each.path), each.size, each.pages, each.without_metadata]
            for each in draft.attachments
        ],
        21: draft.copies,
        22: draft.copy_ok,
        23: draft.return_by,
        24: _kept(draft.drafter_name),
        25: _kept(draft.drafter_title),
        26: int(draft.sign_prefix),
        27: _kept(draft.second_person_name),
    }
    encoded = codec.encode({key: value for key, value in fields.items() if value is not None})
    decode(encoded)
    return encoded


def decode(data: bytes) -> Draft:
    """Return the draft; FormatError if the bytes are not one."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES, max_items=_MAX_ITEMS), "draft")
    fields.uint(0, _VERSION, _VERSION)
    draft = Draft(
        kind=fields.choice(1, Kind),
        degree=fields.choice(2, Degree) if fields.has(2) else None,
        basis=_text(fields.raw(3, 0, _ANY)),
        protect_until=fields.optional_uint(4, 0, _MAX_NUMBER),
        urgency=fields.choice(5, Urgency) if fields.has(5) else None,
        urgency_reason=_text(fields.raw(6, 0, _ANY)),
        desk_by=fields.optional_uint(7, 0, _MAX_NUMBER),
        reply_by=fields.optional_uint(8, 0, _MAX_NUMBER),
        void_after=fields.optional_uint(9, 0, _MAX_NUMBER),
        action_to=tuple(_station(each) for each in fields.array(10, 0, _ANY)),
        info_to=tuple(_station(each) for each in fields.array(11, 0, _ANY)),
        named=tuple(_named(each) for each in fields.array(12, 0, _ANY)),
        caption=_texts(fields.array(13, 0, _ANY)),
        topics=_texts(fields.array(14, 0, _ANY)),
        subject=_text(fields.raw(15, 0, _ANY)),
        subject_in_register=fields.flag(16),
        refs=tuple(_reference(each) for each in fields.array(17, 0, _ANY)),
        body=_text(fields.raw(18, 0, _ANY)),
        summary=_text(fields.raw(19, 0, _ANY)),
        attachments=tuple(_attachment(each) for each in fields.array(20, 0, _ANY)),
        copies=fields.uint(21, 0, _MAX_NUMBER),
        copy_ok=fields.flag(22),
        return_by=fields.optional_uint(23, 0, _MAX_NUMBER),
        drafter_name=_text(fields.raw(24, 0, _ANY)),
        drafter_title=_text(fields.raw(25, 0, _ANY)),
        sign_prefix=fields.choice(26, SignPrefix),
        second_person_name=_text(fields.raw(27, 0, _ANY)),
    )
    fields.done()
    return draft


def _kept(text: str) -> bytes:
    # A text field can hold half of a surrogate pair; it is kept, and named as a lack before release.
    return text.encode("utf-8", "surrogatepass")


def _kept_all(texts: Sequence[str]) -> list[Value]:
    return [_kept(text) for text in texts]


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise FormatError("draft: text that is not text") from None


def _texts(values: list[Value]) -> tuple[str, ...]:
    return tuple(_text(codec.as_raw(value, 0, _ANY, "draft, text")) for value in values)


def _station(value: Value) -> StationId:
    return StationId(codec.as_uint(value, 0, _MAX_NUMBER, "draft, station"))


def _named(value: Value) -> Named:
    station, persons, only = codec.as_array(value, 3, 3, "draft, named")
    listed = codec.as_array(persons, 0, _ANY, "draft, named")
    return Named(_station(station), _texts(listed), codec.as_flag(only, "draft, named"))


def _reference(value: Value) -> Reference:
    mrn, link = codec.as_array(value, 2, 2, "draft, reference")
    (written,) = _texts([mrn])
    return Reference(written, codec.as_choice(link, LinkKind, "draft, reference"))


def _attachment(value: Value) -> DraftAttachment:
    # Drafts of the first version have no sixth item.
    name, media_type, path, size, pages, *cleaned = codec.as_array(value, 5, 6, "draft, attachment")
    name, media_type, path = _texts([name, media_type, path])
    return DraftAttachment(
        name=name,
        media_type=media_type,
        path=path,
        size=codec.as_uint(size, 0, _MAX_NUMBER, "draft, attachment"),
        pages=codec.as_uint(pages, 0, _MAX_NUMBER, "draft, attachment"),
        without_metadata=bool(cleaned) and codec.as_flag(cleaned[0], "draft, attachment"),
    )
