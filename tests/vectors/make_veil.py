"""Make veil.json: keys of weeks, and a message under its veil (docs/spec/veil.md)."""

from secmsg.crypto import hashing
from secmsg.crypto.secret import Secret
from secmsg.ids import DeviceId, Week
from secmsg.protocol import veil
from tests.helpers.seeded_random import seeded
from tests.vectors import frame
from tests.vectors.frame import Test

ROOT, OTHER = Secret(bytes(range(32))), Secret(bytes(range(32, 64)))
WEEK = Week(2_976)
DEVICE = DeviceId(12)
INSIDE = seeded(b"inside")(8_176)
MESSAGE = veil.put_on(veil.cover_key(ROOT, WEEK), DEVICE, INSIDE)


def _key(week: int, root: Secret = ROOT) -> str:
    return veil.cover_key(root, Week(week)).reveal().hex()


def _derived() -> list[Test]:
    weeks = (0, WEEK - 1, WEEK, WEEK + 1, 2**32 - 1)
    return [
        *(
            frame.ok(
                f"week {week}",
                *["example"] * (week == WEEK),
                do="key",
                root=ROOT.reveal().hex(),
                week=week,
                gives=_key(week),
            )
            for week in weeks
        ),
        frame.ok("another cover root", do="key", root=OTHER.reveal().hex(), week=WEEK, gives=_key(WEEK, OTHER)),
    ]


def _lifted() -> list[Test]:
    lift: Test = {"do": "lift", "covers": [_key(WEEK)], "device": DEVICE, "base": "message"}
    gives = {"gives": hashing.short(INSIDE).hex()}
    wrong: dict[str, tuple[str, Test]] = {
        "no key": ("context", {"covers": []}),
        "the week before and the week after": ("context", {"covers": [_key(WEEK - 1), _key(WEEK + 1)]}),
        "another cover root's": ("context", {"covers": [_key(WEEK, OTHER)]}),
        "another device": ("context", {"device": 13}),
        "a bit of the synthetic IV": ("bit", {"patch": [[0, f"{MESSAGE[0] ^ 1:02x}"]]}),
        "a bit at the end": ("bit", {"patch": [[8_191, f"{MESSAGE[-1] ^ 1:02x}"]]}),
        "nothing": ("length", {"cut": 0}),
        "the size of a packet": ("length", {"cut": 2_048}),
        "a byte short": ("length", {"cut": 8_191}),
        "a byte more": ("length", {"append": "00"}),
        "filled up to the larger size": ("length", {"append": "00" * 24_576}),
    }
    return [
        frame.ok("a message under its veil", **lift, **gives),
        frame.ok("the right key is the second", **lift | {"covers": [_key(WEEK - 1), _key(WEEK)]}, **gives),
        *(frame.no(name, "NoSession", flag, **lift | changed) for name, (flag, changed) in wrong.items()),
    ]


def made() -> dict[str, str]:
    """Return the text of the file."""
    return {"veil": frame.text("veil.md", [*_derived(), *_lifted()], bases={"message": MESSAGE.hex()})}
