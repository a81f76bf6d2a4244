"""A second reading of a recovery from paper, written from docs/spec/recovery.md alone."""

from typing import Any

from tests.vectors.second_basis import kdf, need, short, unsiv


def read(vector: dict[str, Any]) -> dict[str, Any]:
    """Open what a vector names; RefusedError."""
    secret, begun, packet = (bytes.fromhex(vector[name]) for name in ("secret", "begun", "packet"))
    beginner, answerer, number = vector["beginner"], vector["answerer"], vector["number"]
    need(beginner != answerer and 1 <= number <= 0xFFFF, "machines or number")
    need((number % 2 == 1) == (beginner < answerer), "the other side begins with it")
    ids = beginner.to_bytes(2) + answerer.to_bytes(2) + number.to_bytes(4)
    keys = kdf(b"", secret, "paper packet", ids, 136)
    first, second = (keys[:4], keys[4:68]), (keys[68:72], keys[72:])
    if vector["do"] == "open begin":
        return said(opened(*first, packet, b"\x01"))
    asked = said(opened(*first, begun, b"\x01"))
    answer = said(opened(*second, packet, b"\x02", begun))
    need(answer["reason"] == asked["reason"] and answer["generation"] >= asked["generation"], "it does not follow")
    context = ids + answer["generation"].to_bytes(4) + bytes([answer["reason"]])
    out = kdf(secret, bytes.fromhex(asked["nonce"] + answer["nonce"]), "paper", context, 304)
    return {**answer, "session": out[32:48].hex(), "transcript": short(b"DC/1 paper\0", begun, packet).hex()}


def opened(tag: bytes, key: bytes, packet: bytes, *associated: bytes) -> bytes:
    need(len(packet) == 41 and packet[:4] == tag, "length or tag")
    return unsiv(key, packet[4:], *associated)


def said(terms: bytes) -> dict[str, Any]:
    generation, reason = int.from_bytes(terms[16:20]), terms[20]
    need(generation >= 1 and 1 <= reason <= 5, "terms")
    return {"nonce": terms[:16].hex(), "generation": generation, "reason": reason}
