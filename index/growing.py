"""Arrays that grow at their end beside their readers, who go on reading what they hold."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

A = TypeVar("A", bound=NDArray[Any])


def grown(array: A, used: int, needed: int) -> A:
    """Return the array if it has room for `needed` values, else a larger one with the used ones.

    Room that was never written takes no memory yet.
    """
    if needed <= len(array):
        return array
    larger: A = np.empty_like(array, shape=max(needed, 2 * len(array)))
    larger[:used] = array[:used]
    return larger
