"""Drills of the hand cipher: what lies on the table, what is asked, how it was answered, and the score.

    Drill --answer--> Drill --answer--> … --score--> Score

A drill is made in `drill_cards`. Source: docs/spec/drills.md. Its page is made for the drill alone, with a number from
9001, where no live book has one. Words are the window's and the command's.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from secmsg.errors import FormatError
from secmsg.manual.mistakes import ErrorClass

FIRST_PAGE = 9_001
"""Serial of the lowest training page."""

Random = Callable[[int], bytes]


class Card(StrEnum):
    """What is practised; the figures are those of the drill cards."""

    ENCIPHER = "5"
    DECIPHER = "6"
    PAGE = "7"
    SLIPS = "slips"


class Item(StrEnum):
    """What lies on the table."""

    TEXT = "text"
    HEADER = "header"
    RECEIVED = "received"
    CODES = "codes"
    BOOK = "book"
    KEYS = "keys"
    COPIED_KEYS = "copied-keys"
    CIPHERS = "ciphers"
    CHECKS = "checks"
    SENT = "sent"
    HEARD = "heard"
    MASK = "mask"
    TAG = "tag"
    NEXT_PAGE = "next-page"
    USED_PAGES = "used-pages"
    HUNDREDS_HIGH = "hundreds-high"
    HUNDREDS_LOW = "hundreds-low"
    UNITS = "units"
    BEYOND = "beyond"


class Ask(StrEnum):
    """What is asked for."""

    PAGE = "page"
    GROUPS_TO_ASK = "groups-to-ask"
    CODES = "codes"
    GROUPS = "groups"
    TAG = "tag"
    VERDICT = "verdict"
    PLAIN = "plain"
    USE = "use"
    AFTER = "after"
    SLIP = "slip"


class Choice(StrEnum):
    """An answer that is chosen and not typed."""

    AGREES = "agrees"
    DIFFERS = "differs"
    TAKE = "take"
    USED = "used"
    OUT_OF_ORDER = "out-of-order"
    OTHER_DIRECTION = "other-direction"
    DESTROY = "destroy"
    KEEP = "keep"
    RETURN = "return"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Thing:
    """Groups, or one line of text, that lie on the table; rows of ten where there are more."""

    item: Item
    values: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong answer: at which place (from 0) of the question, what it looks like, what was right."""

    place: int
    kind: ErrorClass
    right: str = field(repr=False)


Judge = Callable[[Sequence[str]], tuple[Slip, ...]]
"""Says what is wrong in an answer of as many words as the question expects."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its row (from 0) where it is about one, choices where there are some, and what is put on the table.

    `count` words are expected, 0 where any number may be given. `judge` stays the machine's.
    """

    ask: Ask
    judge: Judge = field(repr=False)
    count: int = 1
    row: int = 0
    choices: tuple[Choice, ...] = ()
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a question, what was wrong in it, and how many seconds it took."""

    said: tuple[str, ...] = field(repr=False)
    slips: tuple[Slip, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What makes a drill passed: seconds, slips in groups and tags, and no other slip at all."""

    seconds: int
    slips: int = 0


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill under way; `number` is that of its training page."""

    card: Card
    number: str
    marks: Marks
    questions: tuple[Question, ...]
    answers: tuple[Answer, ...] = ()

    @property
    def question(self) -> Question | None:
        """What is asked now; None at the end."""
        done = len(self.answers)
        return self.questions[done] if done < len(self.questions) else None

    @property
    def seconds(self) -> int:
        """Time taken by all answers."""
        return sum(answer.seconds for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Score:
    """The result: `asked` single things, `wrong` of them, by class; `passed` only when every question was answered."""

    card: Card
    seconds: int
    asked: int
    wrong: int
    classes: Mapping[ErrorClass, int]
    whole: bool
    passed: bool


WORKED = frozenset((Ask.CODES, Ask.GROUPS, Ask.TAG, Ask.PLAIN, Ask.SLIP))
"""Questions in which a pass allows slips; what is asked otherwise must be right."""


def answer(drill: Drill, said: str, seconds: int) -> Drill:
    """Return the drill after an answer; it counts as it was given. FormatError, nothing counted, for one of no form.

    Words are parted by white space or commas; a choice is its word. At the end of the drill, LookupError.
    """
    question = drill.question
    if question is None:
        raise LookupError("the drill is over")
    words = tuple(said.replace(",", " ").split())
    if question.choices and (len(words) != 1 or words[0] not in question.choices):
        raise FormatError("one of the choices is expected")
    if question.count and len(words) != question.count:
        raise FormatError(f"{question.count} groups are expected, and {len(words)} were given")
    if len(words) > MAX_WORDS or any(len(word) > MAX_WORD for word in words):
        raise FormatError("the answer is too long")
    given = Answer(words, question.judge(words), max(0, seconds))
    return replace(drill, answers=(*drill.answers, given))


MAX_WORDS = 200
MAX_WORD = 32


def score(drill: Drill) -> Score:
    """Score what was answered so far; a drill that was given up is not passed."""
    pairs = tuple(zip(drill.questions, drill.answers, strict=False))
    wrong = sum(len(given.slips) for _, given in pairs)
    strict = sum(len(given.slips) for question, given in pairs if question.ask not in WORKED)
    whole = len(drill.answers) == len(drill.questions)
    passed = whole and not strict and wrong <= drill.marks.slips and drill.seconds <= drill.marks.seconds
    classes = Counter(slip.kind for _, given in pairs for slip in given.slips)
    asked = sum(max(1, question.count) for question, _ in pairs)
    return Score(drill.card, drill.seconds, asked, wrong, dict(classes), whole, passed)
