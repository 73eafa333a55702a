"""Whether a block is English, told from its small words. Others are not read, and the report says so.

Small words are the surest cheap sign of a language (the idea of stop-word identification, Grefenstette 1995). The
question asked here is simpler than naming the language: is this English enough for the rules to make sense of it?
"""

from __future__ import annotations

FEWEST = 8
"""Words; a shorter block is taken to be English unless it is written in another script."""

_ENGLISH = frozenset(
    """the of and to a in is it you that he was for on are with as i his they be at one have this from or had by
    but what all were when we there can an your which their if do will each about how up out them she many some
    so these would into has more her not no only our than who its my may after""".split()
)
_OTHER = (
    frozenset(
        """der die das und ist nicht ein eine mit für auf von zu den dem sich wir sie ihre bei oder werden kann sind
    le la les des et est une dans pour que qui sur avec vous nous pas votre plus ce cette au aux du el los las y
    es un una con por para su se del lo como más pero sus nuestra nuestro il di che è non per gli della dei sono
    si nel alla o os e do da em um uma com não na dos das ao het een van en niet voor dat zijn met op ook w i z
    na się jest nie do że och att det som på av är till""".split()
    )
    - _ENGLISH
)


def is_english(keys: list[str]) -> bool:
    """Whether the words (keys) of a block read as English."""
    words = [key for key in keys if key[0].isalpha()]
    if not words:
        return True
    foreign_script = sum(1 for word in words if not word.isascii() and ord(max(word)) > 0x24F)
    if foreign_script * 2 > len(words):
        return False
    if len(words) < FEWEST:
        return True
    english = sum(1 for word in words if word in _ENGLISH)
    other = sum(1 for word in words if word in _OTHER)
    return other <= 2 or other <= 2 * english
