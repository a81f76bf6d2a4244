"""Labels are unique, cannot be taken for one another, are documented, and are never written twice."""

import ast
import itertools
from pathlib import Path

import pytest

from secmsg.crypto import kdf, labels, signing
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.wire import item

ROOT = Path(__file__).parents[3]

CONSTANTS = {name: value for name, value in vars(labels).items() if name.isupper() and isinstance(value, str)}

# Position of the label among the arguments of the functions that take one.
_TAKES_LABEL = {"derive": 2, "sign": 1, "verify": 2}


def _framed() -> list[bytes]:
    lengths = [bytes([len(label)]) + label.encode() for label in labels.KDF]
    # Signatures and hashes end the label by 0x00 and never meet a KDF's info in one hash input.
    ended = [label.encode() + b"\x00" for label in labels.SIGN + labels.READER_SIGN + labels.CONTEXT]
    # One word stands beside its format, which knows no key; it ends by 0x00 too.
    return [*lengths, *ended, item.CHAIN_LABEL]


def test_every_constant_is_in_all_exactly_once() -> None:
    assert sorted(labels.ALL) == sorted(CONSTANTS.values())
    assert len(set(labels.ALL)) == len(labels.ALL)


def test_every_label_is_short_printable_ascii_without_a_terminator() -> None:
    for label in labels.ALL:
        assert label.isascii()
        assert label.isprintable()
        assert 1 <= len(label) <= 64


def test_no_encoded_label_is_a_prefix_of_another() -> None:
    for first, second in itertools.permutations(_framed(), 2):
        assert not second.startswith(first), (first, second)


def test_without_the_framing_some_would_be() -> None:
    # The negative control of the test above: the words alone are not prefix-free.
    clashes = [(a, b) for a, b in itertools.permutations(labels.ALL, 2) if b.startswith(a)]

    assert (labels.HX1, labels.HX1_BOX) in clashes


def test_every_label_has_its_row_in_the_specification() -> None:
    text = (ROOT / "docs/spec/crypto.md").read_text(encoding="utf-8")

    missing = [label for label in labels.ALL if f"| `{label}` |" not in text]

    assert missing == []


def _literal_labels(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in _TAKES_LABEL:
            continue
        given = node.args[_TAKES_LABEL[name] :][:1] + [word.value for word in node.keywords if word.arg == "label"]
        if any(isinstance(label, ast.Constant | ast.JoinedStr | ast.BinOp) for label in given):
            found.append(ast.unparse(node))
    return found


def test_no_call_in_the_product_writes_a_label_by_hand() -> None:
    written = {
        str(path.relative_to(ROOT)): calls
        for path in sorted((ROOT / "secmsg").rglob("*.py"))
        if (calls := _literal_labels(path.read_text(encoding="utf-8")))
    }

    assert written == {}


@pytest.mark.parametrize(
    "source",
    [
        'kdf.derive(b"", ikm, "hx1", b"", 32)',
        'sign(key, "edition", m)',
        'signing.verify(l, p, f"x{y}", m, s)',
        'sign(key, message=m, label="edition")',
    ],
)
def test_a_planted_literal_is_found(source: str) -> None:
    assert _literal_labels(source) == [ast.unparse(ast.parse(source))]


@pytest.mark.parametrize("label", ["", "a" * 256, "né", "a\x00b", "line\n"])
def test_a_label_out_of_bounds_is_refused_wherever_one_is_taken(label: str) -> None:
    key = signing.signing_from_seed(signing.Level.STANDARD, Secret(bytes(64)))

    with pytest.raises(FormatError):
        kdf.derive(b"", Secret(b"x"), label, b"", 32)
    with pytest.raises(FormatError):
        signing.sign(key, label, b"")
    with pytest.raises(FormatError):
        signing.verify(key.level, key.public, label, b"", bytes(3373))
