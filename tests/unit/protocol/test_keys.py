"""Root step, chain step and thin keys, against the formulas of the specification written out again."""

import hashlib

from secmsg.crypto.secret import Secret
from secmsg.protocol import chain_key, root_key
from secmsg.protocol.root_key import Answer, Terms
from tests.helpers.sessions import hkdf

ROOT, SHARED, PUBLIC = Secret(b"\x01" * 32), Secret(b"\x02" * 32), b"\x03" * 32
TERMS = Terms(5, PUBLIC, 9)


def test_a_classical_step_is_the_formula_of_the_specification() -> None:
    th = hashlib.sha512((5).to_bytes(4, "big") + PUBLIC + (9).to_bytes(4, "big")).digest()
    expected = hkdf(ROOT.reveal(), SHARED.reveal(), "root", th, 192)

    step = root_key.step(ROOT, SHARED, TERMS, None)

    parts = (step.root, step.chain, step.next_header_key, step.thin_chain, step.thin_tag)
    assert b"".join(part.reveal() for part in parts) == expected
    assert [len(part) for part in parts] == [32, 32, 64, 32, 32]


def test_a_hybrid_step_adds_the_second_secret_and_binds_offer_and_ciphertext() -> None:
    offer, ciphertext = b"\x04" * 1184, b"\x05" * 1088
    head = (5).to_bytes(4, "big") + PUBLIC + (9).to_bytes(4, "big")
    th = hashlib.sha512(head + hashlib.new("sha512_256", offer).digest() + ciphertext).digest()
    expected = hkdf(ROOT.reveal(), SHARED.reveal() + b"\x06" * 32, "root", th, 192)

    step = root_key.step(ROOT, SHARED, TERMS, Answer(offer, ciphertext, Secret(b"\x06" * 32)))

    assert step.root.reveal() == expected[:32]


def test_every_input_of_a_step_changes_everything() -> None:
    answer = Answer(b"\x04" * 1184, b"\x05" * 1088, SHARED)
    steps = [
        root_key.step(ROOT, SHARED, TERMS, None),
        root_key.step(SHARED, SHARED, TERMS, None),
        root_key.step(ROOT, ROOT, TERMS, None),
        root_key.step(ROOT, SHARED, Terms(6, PUBLIC, 9), None),
        root_key.step(ROOT, SHARED, Terms(5, b"\x07" * 32, 9), None),
        root_key.step(ROOT, SHARED, Terms(5, PUBLIC, 10), None),
        root_key.step(ROOT, SHARED, TERMS, answer),
        root_key.step(ROOT, SHARED, TERMS, Answer(b"\x08" * 1184, answer.ciphertext, SHARED)),
        root_key.step(ROOT, SHARED, TERMS, Answer(answer.offer, b"\x08" * 1088, SHARED)),
        root_key.step(ROOT, SHARED, TERMS, Answer(answer.offer, answer.ciphertext, ROOT)),
    ]

    values = {part.reveal() for step in steps for part in (step.root, step.chain, step.thin_chain, step.thin_tag)}

    assert len(values) == 4 * len(steps)


def test_a_chain_step_is_the_formula_of_the_specification() -> None:
    expected = hkdf(b"", ROOT.reveal(), "chain", b"", 64)

    following, message = chain_key.advance(ROOT)

    assert following.reveal() + message.reveal() == expected


def test_running_a_chain_keeps_the_last_keys_only() -> None:
    chain, places = ROOT, []
    for _ in range(5):
        chain, message = chain_key.advance(chain)
        places.append(message)

    at_end, passed = chain_key.run(ROOT, 10, 15, 2)

    assert at_end == chain
    assert passed == {13: places[3], 14: places[4]}
    assert chain_key.run(ROOT, 7, 7, 2) == (ROOT, {})


def test_packet_keys_are_the_formula_of_the_specification() -> None:
    expected = hkdf(b"\x09" * 16, ROOT.reveal(), "message", b"", 76)

    keys = chain_key.packet_keys(ROOT, b"\x09" * 16)

    assert keys.key.reveal() + keys.nonce + keys.commitment.reveal() == expected
