"""Values compared by voice."""

from secmsg.ids import CertificateRef
from secmsg.protocol import fingerprint
from tests.helpers.sessions import bare_pair, established


def test_both_ends_read_the_same_value_and_another_pair_does_not() -> None:
    one, two, three = (CertificateRef(bytes([n]) * 32) for n in (1, 2, 3))

    assert fingerprint.of_pair(one, two) == fingerprint.of_pair(two, one)
    assert fingerprint.of_pair(one, two) != fingerprint.of_pair(one, three)
    assert len(fingerprint.of_pair(one, two)) == fingerprint.FINGERPRINT_SIZE


def test_both_ends_of_a_session_read_the_same_value_and_another_session_does_not() -> None:
    anna, binh = established("fingerprint")

    assert fingerprint.of_session(anna) == fingerprint.of_session(binh)
    assert fingerprint.of_session(anna) != fingerprint.of_session(bare_pair(b"other")[0])
