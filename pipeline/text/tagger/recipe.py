"""From corpus files to the shipped model: which kinds of names each corpus teaches, and how the members come about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.text.tagger.corpus import EXPORTED, Sentence, read_corpus
from pipeline.text.tagger.network import Network
from pipeline.text.tagger.store import save_network
from pipeline.text.tagger.training import Recipe, train, united
from pipeline.text.tagger.words import WordList, empty, load_words

#: The kinds of names taught by each scheme of annotation. PEYMA's dates, times, sums and shares are other stages' work.
KINDS: dict[str, tuple[str, ...]] = {
    "news": ("PER", "ORG", "LOC"),
    "tweets": ("PER", "ORG", "LOC", "POG", "NAT", "EVE"),
}
Corpora = dict[str, tuple[list[Sentence], tuple[str, ...]]]
Report = Callable[[int, int, float], None]


def scheme(path: Path) -> str:
    """The head that a corpus file trains: ``tweets`` when tokens and tags are separated by tabs, else ``news``.

    Exported articles train ``news``, which is the head that is heard in articles.
    """
    try:
        with path.open(encoding="utf-8") as file:
            first = file.readline()
            return "tweets" if "\t" in first and not first.startswith(EXPORTED) else "news"
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as a corpus ({error}); see docs/entities.md") from None


def read_corpora(paths: list[Path]) -> Corpora:
    """The sentences of each head, files in the order given."""
    corpora: Corpora = {}
    for path in paths:
        head = scheme(path)
        sentences = read_corpus(path, frozenset(KINDS[head]))
        corpora[head] = ([*corpora.get(head, ([], ()))[0], *sentences], KINDS[head])
    return dict(sorted(corpora.items()))


def train_files(
    paths: list[Path], output: Path, words: Path | None = None, *, members: int = 2, epochs: int = 0,
    report: Report | None = None,
) -> int:  # fmt: skip
    """Train on corpus files and write the model; its size in bytes. Member ``n`` starts from seed ``n``.

    Raises ConfigError when a file is no corpus or no word list, ModelMissingError when JAX is not installed.
    """
    corpora = read_corpora(paths)
    known = load_words(words) if words else empty()
    networks = [member(corpora, known, number, epochs, report) for number in range(members)]
    save_network(united(networks), output)
    return output.stat().st_size


def member(corpora: Corpora, words: WordList, number: int, epochs: int = 0, report: Report | None = None) -> Network:
    """The network of one member."""
    recipe = replace(Recipe(), seed=number)
    if epochs:
        recipe = replace(recipe, epochs=epochs)

    def told(epoch: int, loss: float) -> None:
        if report:
            report(number, epoch, loss)

    return train(corpora, words, recipe, told)
