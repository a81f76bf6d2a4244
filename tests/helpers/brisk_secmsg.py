"""Settings of a command line with cheap passphrases and a rhythm of moments: recaps and repeats every second."""

from dataclasses import replace

from secmsg.config import Rhythm
from tests.helpers.cheap_secmsg import CHEAP

BRISK = replace(CHEAP, rhythm=Rhythm(receipt_delay_s=(0, 0), recap_every_s=(1, 1, 1), repeat_after_s=1))
