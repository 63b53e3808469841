"""`./tinhso install`: the launcher has installed the libraries before it came here; say where they are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tinhso.site.arguments import misused
from tinhso.site.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Say the folder of the libraries."""
    if arguments:
        raise misused("install", f"unrecognized arguments: {' '.join(arguments)}")
    say(f"Thư viện đã cài ở {sys.prefix}. / The libraries are installed there.")
    return 0
