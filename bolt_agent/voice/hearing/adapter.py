"""What the phoneme model was taught on top of the weights in its wheel: to hear robotic voices, and noise.

`adapter.npz` holds changes of the weights as 16-bit floats: whole ones of the small arrays, and of each large matrix
the two thin ones whose product is its change (a low-rank adapter: Hu et al. 2021, arXiv:2106.09685).
`benchmarks/voice_adapt.py` learns them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

__all__ = ["FILE", "adapted", "pack"]

Floats = NDArray[np.float32]

FILE = files("bolt_agent.voice.hearing").joinpath("adapter.npz")
SHARE = 0.5
"""How much of what was learned is added (interpolated weights: Wortsman et al. 2021, arXiv:2109.01903). With all of it
synthetic voices are understood a little better still, and people worse."""
THIN = (" rows", " columns")
"""What the names of the two thin matrices of a large one end in."""


def adapted(weights: Mapping[str, Floats]) -> dict[str, Floats]:
    """The weights with what was learned. weights: by their names in the wheel."""
    result = dict(weights)
    with np.load(BytesIO(FILE.read_bytes())) as learned:
        for name in learned:
            target = name.removesuffix(THIN[0])
            if name.endswith(THIN[1]):
                continue
            change = learned[name].astype(np.float32)
            if target != name:
                change = change @ learned[target + THIN[1]].astype(np.float32)
            result[target] = weights[target] + np.float32(SHARE) * change.reshape(weights[target].shape)
    return result


def pack(whole: Mapping[str, Floats], thin: Mapping[str, tuple[Floats, Floats]]) -> bytes:
    """The file for changes. thin: two matrices whose product is the change of a large one."""
    arrays = {name: np.asarray(change, np.float16) for name, change in whole.items()}
    for name, pair in thin.items():
        arrays |= {name + ending: np.asarray(part, np.float16) for ending, part in zip(THIN, pair, strict=True)}
    file = BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()
