"""Text in Markdown that is nothing but text, whatever stands in it: on GitHub, on GitLab, in any CommonMark.

Copy comes from anywhere. In a comment on a pull request it could break a table, set HTML, links and images, call
people by @name or tie the request to other issues. So every sign that means something is written as an entity; and
after those that are looked for once more in the finished page (@name, #12, !12, :emoji:, https:, www.), where an entity
does not help, stands a space of no width.
"""

from __future__ import annotations

import re

from copylint.reports.visible import shortened

_NO_WIDTH = "&#8203;"
_SIGN = re.compile(r"[!#$&*<>@\[\\\]^_`{|}~]|\A[-+=\d]")
"""What stands for markup within a line; the second half, what does so at the beginning of one."""
_REFERENCE = re.compile(
    r"""[!#$%&*@\[^~](?=[\w"])      # @name #12 !12 $12 %"milestone" &12 ~label [vulnerability:12]
    | :(?=//|[\w+-]+:)             # https:// :emoji:
    | \bwww(?=\.) | \bgh-(?=\d)    # www. GH-12
    """,
    re.IGNORECASE | re.VERBOSE,
)
_UNSAFE = re.compile(r"[\s<>\\|]")
"""Ends an address in angle brackets, or the cell of a table that it stands in."""


def escaped(text: str, most: int | None = None) -> str:
    """The text on one line as Markdown of inline content. most: characters to keep; more are cut, with … at the end."""
    return _SIGN.sub(_entity, _REFERENCE.sub("\\g<0>\0", shortened(text, most))).replace("\0", _NO_WIDTH)


def link(text: str, url: str) -> str:
    """A link of our own making; only its text where the address is none of the web."""
    if not url.startswith(("https://", "http://")):
        return escaped(text)
    return f"[{escaped(text)}](<{_UNSAFE.sub(_percent, url).replace('&', '&amp;')}>)"


def _percent(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode("utf-8"))


def _entity(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"
