"""How a work under way is kept: its checks as they were when it began, and each answer by itself.

Source: docs/spec/custody.md 3. Pure; nothing of it leaves the store.
"""

from dataclasses import dataclass

from secmsg.office.checking import MAX_COUNT, MAX_PAGES, MAX_SEAL, Answer, Check, Seen, What
from secmsg.office.custody_record import HEAD_SIZE, MAX_CODE
from secmsg.office.ledger import MAX_ITEM
from secmsg.office.materials import MAX_HOLDER, MAX_NOTE
from secmsg.wire import codec
from secmsg.wire.codec import Value

VERSION = 1
MAX_CHECKS = 2_000
MAX_WORDS = 8
MAX_WORD = 300
MAX_FORM = 2**21
MAX_ANSWER = 2**12
_FORM, _CHECK, _ANSWER = 5, 9, 7


@dataclass(frozen=True, slots=True)
class Form:
    """The checks of one work, and the ledger's end (line, head of 32 bytes) when they were written."""

    begun_at: int
    ledger_line: int
    ledger_head: bytes
    checks: tuple[Check, ...]

    def check(self, code: str) -> Check | None:
        """Return the check of a code, None where there is none."""
        return next((each for each in self.checks if each.code == code), None)


def encode(form: Form) -> bytes:
    """Return the canonical bytes of a form; FormatError where something is out of bounds."""
    checks: list[Value] = [
        [e.code, int(e.what), e.item, e.place, list(e.words), e.paged, e.pages, e.loose, e.seal] for e in form.checks
    ]
    encoded = codec.encode([VERSION, form.begun_at, form.ledger_line, form.ledger_head, checks])
    decode(encoded)
    return encoded


def decode(data: bytes) -> Form:
    """Return the form that was encoded; FormatError if the bytes are not one."""
    value = codec.decode(data, max_bytes=MAX_FORM, max_items=MAX_CHECKS * 20)
    version, begun, line, head, checks = codec.as_array(value, _FORM, _FORM, "form")
    codec.as_uint(version, VERSION, VERSION, "form")
    return Form(
        codec.as_uint(begun, 0, codec.MAX_TIME, "form"),
        codec.as_uint(line, 0, MAX_COUNT, "form"),
        codec.as_raw(head, HEAD_SIZE, HEAD_SIZE, "form"),
        tuple(_check(each) for each in codec.as_array(checks, 0, MAX_CHECKS, "form")),
    )


def _check(value: Value) -> Check:
    code, what, item, place, words, paged, pages, loose, seal = codec.as_array(value, _CHECK, _CHECK, "check")
    return Check(
        codec.as_text(code, 1, MAX_CODE, "check"),
        codec.as_choice(what, What, "check"),
        codec.as_uint(item, 0, MAX_ITEM, "check"),
        codec.as_text(place, 0, MAX_HOLDER, "check"),
        tuple(codec.as_text(each, 0, MAX_WORD, "check") for each in codec.as_array(words, 0, MAX_WORDS, "check")),
        codec.as_flag(paged, "check"),
        codec.as_uint(pages, 0, MAX_COUNT, "check"),
        codec.as_uint(loose, 0, MAX_PAGES, "check"),
        codec.as_text(seal, 0, MAX_SEAL, "check"),
    )


def encode_answer(answer: Answer) -> bytes:
    """Return the canonical bytes of an answer; FormatError where something is out of bounds."""
    a = answer
    encoded = codec.encode([a.code, int(a.seen), a.pages, a.loose, a.seal, a.note, a.place])
    decode_answer(encoded)
    return encoded


def decode_answer(data: bytes) -> Answer:
    """Return the answer that was encoded; FormatError if the bytes are not one."""
    columns = codec.as_array(codec.decode(data, max_bytes=MAX_ANSWER), _ANSWER, _ANSWER, "answer")
    code, seen, pages, loose, seal, note, place = columns
    return Answer(
        codec.as_text(code, 1, MAX_CODE, "answer"),
        codec.as_choice(seen, Seen, "answer"),
        _count(pages),
        _count(loose),
        codec.as_text(seal, 0, MAX_SEAL, "answer"),
        codec.as_text(note, 0, MAX_NOTE, "answer", multiline=True),
        codec.as_text(place, 0, MAX_HOLDER, "answer"),
    )


def _count(value: Value) -> int | None:
    return None if value is None else codec.as_uint(value, 0, MAX_COUNT, "answer")
