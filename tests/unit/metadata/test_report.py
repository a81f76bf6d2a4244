"""What the checking process answers may have been written by whoever took it over."""

import pytest

from secmsg.errors import FormatError
from secmsg.metadata import report


@pytest.mark.parametrize("size", ["1e999", "Infinity", "NaN", "-1", '"x"', "[]", "null", "9" * 5000])
def test_a_size_that_is_no_number_of_bytes_is_refused(size: str) -> None:
    line = f'{{"outcome":"clean","found":[],"left":[],"size":{size}}}\n'.encode()

    with pytest.raises(FormatError):
        report.decode(line)
