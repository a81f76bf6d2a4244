"""An officer in training: answers the questions of a drill from nothing but what lies on the table."""

from collections.abc import Mapping, Sequence

from secmsg.manual import checks, judging
from secmsg.manual.decoding import decode
from secmsg.manual.drill import Ask, Card, Choice, Drill, Item, Question
from secmsg.manual.drill_cards import Stuff, make
from secmsg.manual.encoding import encode
from secmsg.manual.mistakes import ErrorClass
from secmsg.manual.pad import add, subtract
from secmsg.manual.tag import sheet
from secmsg.station import codebooks, drills
from tests.helpers.manual import AT, pages
from tests.helpers.seeded_random import seeded
from tests.vectors import second_manual


def made(card: Card, text: int = 0, chance: bytes = b"window") -> Drill:
    """Make a drill of one of the texts, the same each time."""
    book = codebooks.load()
    said = encode(drills.TEXTS.read_text("utf-8").splitlines()[text], book)
    training = pages(b"drill", 9_042 + text, 1)[0]
    stuff = Stuff(said.text, said.codes, lambda codes: decode(codes, book), training, sheet(31_415), 7, AT)
    return make(card, stuff, seeded(chance))


class Trainee:
    """Remembers what it has worked out, as a person with a worksheet does."""

    def __init__(self) -> None:
        self._tag = ""
        self._count = 0

    def says(self, question: Question) -> str:
        """Answer as somebody who makes no mistake."""
        table = {thing.item: thing.values for thing in question.things}
        match question.ask:
            case Ask.PAGE:
                self._count = int(table[Item.HEADER][5])
                return table[Item.HEADER][1]
            case Ask.GROUPS_TO_ASK:
                return " ".join(str(at + 1) for at in judging.judge(table[Item.RECEIVED], self._count).ask)
            case Ask.CODES:
                return " ".join(encode(table[Item.TEXT][0], codebooks.load()).codes)
            case Ask.GROUPS:
                pairs = zip(table[Item.CODES], table[Item.KEYS], strict=True)
                return " ".join(
                    checks.sent(add(code, key), question.row * 10 + at) for at, (code, key) in enumerate(pairs)
                )
            case Ask.TAG:
                self._tag = _tag(table)
                return self._tag
            case Ask.VERDICT:
                return Choice.AGREES if table[Item.TAG] == (self._tag,) else Choice.DIFFERS
            case Ask.PLAIN:
                return " ".join(map(subtract, table[Item.CIPHERS], table[Item.KEYS]))
            case Ask.USE:
                return _use(table)
            case Ask.AFTER:
                return Choice.DESTROY
            case Ask.SLIP:
                return _slip(table)


def _tag(table: Mapping[Item, Sequence[str]]) -> str:
    """By arithmetic: r stands in the table of units at 01."""
    r, serial = int(table[Item.UNITS][1]), int(table[Item.HEADER][0])
    last = second_manual.values(r, serial, list(table[Item.SENT]))[-1]
    return f"{(last + int(table[Item.MASK][0])) % second_manual.P:05}"


def _use(table: Mapping[Item, Sequence[str]]) -> str:
    named, top = table[Item.HEADER][0], table[Item.NEXT_PAGE][0]
    if named == top:
        return Choice.TAKE
    if named in table[Item.USED_PAGES]:
        return Choice.USED
    return Choice.OUT_OF_ORDER if int(named[:4]) < int(top[:4]) + 100 else Choice.OTHER_DIRECTION


def _slip(table: Mapping[Item, Sequence[str]]) -> str:
    for at in range(len(table[Item.CODES])):
        book, code, key, copied, cipher, sent, heard = (
            table[item][at]
            for item in (
                Item.BOOK, Item.CODES, Item.KEYS, Item.COPIED_KEYS, Item.CIPHERS, Item.SENT, Item.HEARD,
            )
        )  # fmt: skip
        kind = None
        if code != book:
            kind = ErrorClass.CODE
        elif copied != key:
            kind = ErrorClass.KEY
        elif cipher != add(code, key):
            whole = f"{int(code) + int(key):05}"[-4:]
            kind = ErrorClass.SIGN if cipher == subtract(code, key) else ErrorClass.SUM
            kind = ErrorClass.CARRY if cipher == whole else kind
        elif sent[:4] == cipher and sent != checks.sent(cipher, at):
            kind = ErrorClass.CHECK
        elif sent != checks.sent(cipher, at):
            kind = ErrorClass.COPY
        elif heard != sent:
            kind = ErrorClass.VOICE
        if kind:
            return f"{at + 1} {kind}"
    return f"0 {ErrorClass.PROCEDURE}"
