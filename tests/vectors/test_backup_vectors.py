"""The backup's vectors: this program reads them as it wrote them, and refuses what is refused."""

from dataclasses import replace

import pytest

from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError
from secmsg.store import backup_seal
from secmsg.wire import backup
from tests.helpers.vectors import bytes_of
from tests.vectors import frame, make_backup
from tests.vectors.frame import File, Test


def _keys(file: File) -> backup_seal.BackupKeys:
    return backup_seal.derive(bytes.fromhex(file.given["store_id"]), Secret(bytes.fromhex(file.given["master"])))


def _take(file: File, case: Test) -> object:
    if case["do"] == "open":
        return backup_seal.open_(_keys(file), bytes_of(case))
    return backup.decode(bytes_of(case))


@pytest.mark.parametrize(("file", "case"), frame.cases("backup", expect="ok"))
def test_what_was_written_is_read(file: File, case: Test) -> None:
    match case["do"]:
        case "derive":
            keys = _keys(file)
            assert case["gives"] in (keys.pieces.reveal().hex(), keys.manifest.reveal().hex())
        case "name":
            assert backup_seal.name(_keys(file), bytes.fromhex(case["piece"])).hex() == case["gives"]
        case _:
            assert _take(file, case) == (make_backup.EMPTY if "empty" in case["name"] else make_backup.MANIFEST)


@pytest.mark.parametrize(("file", "case"), frame.cases("backup", expect="refused"))
def test_what_is_wrong_is_refused(file: File, case: Test) -> None:
    with frame.refusal(case):
        _take(file, case)


def test_every_piece_has_its_size() -> None:
    manifest = make_backup.MANIFEST

    sizes = dict(manifest.sizes())

    assert sum(sizes.values()) == manifest.total
    assert set(sizes) == manifest.every_name
    assert sizes[b"\xb3" * 32] == 1


def test_names_that_do_not_fit_are_not_written() -> None:
    with pytest.raises(FormatError):
        backup.encode(replace(make_backup.MANIFEST, names=(b"\xa1" * 32,)))


def test_names_that_lie_with_the_wrong_blob_are_not_written() -> None:
    one, two = make_backup.MANIFEST.blobs
    swapped = (replace(one, names=one.names + two.names[:1]), replace(two, names=two.names[1:]))

    with pytest.raises(FormatError):
        backup.encode(replace(make_backup.MANIFEST, blobs=swapped))
