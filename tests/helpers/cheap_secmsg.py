"""The command line with cheap passphrases and no waiting; otherwise the product.

Run as `python -m tests.helpers.cheap_secmsg …`. It imports nothing else, because it is begun for each command anew.
"""

from dataclasses import replace

from secmsg.__main__ import main
from secmsg.commands.ground import Ground
from secmsg.config import PRODUCTION, KeyStretching, Rhythm

CHEAP = replace(
    PRODUCTION,
    key_stretching=KeyStretching(memory_kib=8, passes=1, floor_memory_kib=8, floor_passes=1),
    rhythm=Rhythm(receipt_delay_s=(0, 0)),
)

if __name__ == "__main__":
    main(Ground(CHEAP))
