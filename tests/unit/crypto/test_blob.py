"""A content is encrypted as a stream, and its end is proven only by finalize."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secmsg.crypto import blob
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError

CEK = Secret(bytes(range(32)))
CONTEXT = b"DC/1 blob\x00test"


def _sealed(content: bytes) -> bytes:
    stream = blob.Encryptor(CEK, CONTEXT)
    return stream.update(content) + stream.finalize()


def _opened(sealed: bytes, cek: Secret = CEK, context: bytes = CONTEXT) -> bytes:
    stream = blob.Decryptor(cek, context)
    return stream.update(sealed) + stream.finalize()


@pytest.mark.parametrize("size", [0, 1, 7, 16383, 16384, 16385, 32767, 32768, 32769, 100_000])
def test_the_size_is_foretold_and_the_content_comes_back(size: int) -> None:
    content = bytes(size)

    sealed = _sealed(content)

    assert len(sealed) == blob.sealed_size(size)
    assert _opened(sealed) == content


@given(st.lists(st.integers(0, 20_000), max_size=6), st.integers(1, 30_000))
def test_the_pieces_do_not_matter(pieces: list[int], step: int) -> None:
    encryptor, decryptor = blob.Encryptor(CEK, CONTEXT), blob.Decryptor(CEK, CONTEXT)
    content = [bytes([index]) * size for index, size in enumerate(pieces)]

    sealed = b"".join(encryptor.update(memoryview(piece)) for piece in content) + encryptor.finalize()
    opened = b"".join(
        decryptor.update(bytearray(sealed[start : start + step])) for start in range(0, len(sealed), step)
    )

    assert opened + decryptor.finalize() == b"".join(content)


def test_two_encryptions_of_one_content_under_one_key_differ() -> None:
    assert _sealed(b"content") != _sealed(b"content")


@pytest.mark.parametrize("cut", [1, 16, 17, 16384, 16400])
def test_a_shortened_blob_is_never_taken_for_whole(cut: int) -> None:
    sealed = _sealed(bytes(40_000))

    with pytest.raises(DecryptionError):
        _opened(sealed[:-cut])


def test_a_blob_cut_at_a_chunk_gives_its_first_chunks_and_then_fails() -> None:
    # Why a reader renames its output only after finalize.
    sealed = _sealed(bytes(40_000))
    stream = blob.Decryptor(CEK, CONTEXT)

    released = stream.update(sealed[: 56 + 2 * (16384 + 16)])

    assert bytes(32768).startswith(released)
    with pytest.raises(DecryptionError):
        stream.finalize()


@pytest.mark.parametrize("index", [0, 23, 24, 55, 56, 20_000, -1])
def test_a_flipped_bit_anywhere_is_refused(index: int) -> None:
    sealed = bytearray(_sealed(bytes(40_000)))
    sealed[index] ^= 1

    with pytest.raises(DecryptionError):
        _opened(bytes(sealed))


def test_another_key_or_context_is_refused() -> None:
    sealed = _sealed(b"content")

    with pytest.raises(DecryptionError):
        _opened(sealed, cek=Secret(bytes(32)))
    with pytest.raises(DecryptionError):
        _opened(sealed, context=CONTEXT + b"x")


def test_something_after_the_end_is_refused() -> None:
    with pytest.raises(DecryptionError):
        _opened(_sealed(b"content") + b"\x00")


def test_a_finished_encryptor_takes_no_more() -> None:
    stream = blob.Encryptor(CEK, CONTEXT)
    stream.finalize()

    with pytest.raises(FormatError):
        stream.update(b"more")
    with pytest.raises(FormatError):
        stream.update_into(b"more", bytearray(blob.room(4)))
    with pytest.raises(FormatError):
        stream.finalize()


def test_a_failed_decryptor_stays_failed() -> None:
    stream = blob.Decryptor(CEK, CONTEXT)
    with pytest.raises(DecryptionError):
        stream.update(bytes(100))

    with pytest.raises(DecryptionError):
        stream.update(_sealed(b"content"))
    with pytest.raises(DecryptionError):
        stream.finalize()


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    for make in (blob.Encryptor, blob.Decryptor):
        with pytest.raises(FormatError):
            make(Secret(bytes(length)), CONTEXT)


@given(st.lists(st.integers(0, 20_000), max_size=5))
def test_writing_into_a_buffer_gives_the_same_stream(pieces: list[int]) -> None:
    encryptor, decryptor = blob.Encryptor(CEK, CONTEXT), blob.Decryptor(CEK, CONTEXT)
    sealed, opened = bytearray(), bytearray()
    for size in pieces:
        buffer = bytearray(blob.room(size))
        sealed += buffer[: encryptor.update_into(bytes(size), buffer)]
    sealed += encryptor.finalize()
    for at in range(0, len(sealed), 10_000):
        buffer = bytearray(blob.room(10_000))
        opened += buffer[: decryptor.update_into(sealed[at : at + 10_000], buffer)]

    assert opened + decryptor.finalize() == bytes(sum(pieces))
