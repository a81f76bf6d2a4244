"""What the command line says of attachments before they are sealed."""

from pathlib import Path

import pytest

from secmsg.commands.attachments import looked_into
from secmsg.office.draft import DraftAttachment
from tests.helpers import telling_files


def _described(folder: Path, data: bytes) -> DraftAttachment:
    path = folder / "a.bin"
    path.write_bytes(data)
    return DraftAttachment("a.bin", "application/octet-stream", str(path), len(data), 0)


def test_what_a_file_says_is_named_and_taken_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = looked_into(_described(tmp_path, telling_files.jpeg()))

    said = capsys.readouterr()
    assert chosen.without_metadata
    assert "a.bin: metadata is taken out before sealing\n" in said.err
    assert f"  found position: {telling_files.POSITION}\n" in said.err
    assert "  found thumbnail: JFIF\n" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"text", "metadata not checked: a type that is not known; sent as it is"),
        (telling_files.pdf(signed=True), "signed as a whole: sent as it is, with its metadata"),
        (b"%PDF-", "metadata not checked: the file cannot be read; sent as it is"),
    ],
)
def test_what_goes_as_it_is_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, words: str
) -> None:
    assert not looked_into(_described(tmp_path, data)).without_metadata
    assert capsys.readouterr().err == f"a.bin: {words}\n"
