"""The command line with cheap passphrases and no waiting; otherwise the product.

Run as `python -m tests.helpers.cheap_secmsg …`.
"""

from secmsg.__main__ import main
from secmsg.commands.ground import Ground
from tests.helpers.ministry import FAST

if __name__ == "__main__":
    main(Ground(FAST))
