"""An optional voice in the alignment of sentences: a multilingual sentence encoder such as LaBSE.

It needs the package sentence-transformers and the weights of the model named in ``align.embeddings``, neither of which
comes with Dozaban; nothing is downloaded. Where either is missing nothing changes but for a diagnostic, and
``dozaban doctor`` says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: From sentences to one row of unit length each.
Encoder = Callable[[Sequence[str]], "Floats"]
PACKAGE = "sentence_transformers"


def missing(model: str) -> str | None:
    """What keeps a model from being heard, in words with the remedy; None when nothing does."""
    if find_spec(PACKAGE) is None:
        return "the package sentence-transformers is not installed; install it with: pip install sentence-transformers"
    try:
        encoder(model)
    except (OSError, ValueError) as error:
        return f"the weights of {model!r} are not on this machine ({type(error).__name__}); put them there by hand"
    return None


@cache
def encoder(model: str) -> Encoder:
    """The encoder of a model's name or path. Raises OSError or ValueError when its weights are not here."""
    from sentence_transformers import SentenceTransformer

    loaded = SentenceTransformer(model, device="cpu", local_files_only=True)

    def encode(texts: Sequence[str]) -> Floats:
        rows: Floats = loaded.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return rows

    return encode


def similarities(encode: Encoder, english: Sequence[str], persian: Sequence[str]) -> Floats:
    """The cosine of each English sentence with each Persian one."""
    cosines: Floats = encode(english) @ encode(persian).T
    return cosines
