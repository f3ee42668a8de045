"""Training of the tagger, by stochastic gradient descent with JAX (which only training needs).

The members of the network are trained one after another, from different starts. Each corpus has a head of its own
over the shared network, because corpora disagree on what a name is: ParsTwiNER annotates nationalities and events,
PEYMA does not. The loss is that of the conditional random field. What keeps a small corpus from being learnt by heart:
dropout, learned rows of words left out at random, names exchanged for other names of their kind (Dai and Adel 2020,
"mention replacement"), and an average of the weights over the last steps.

One thread, one seed: the same data, word list, libraries and kind of processor give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from pipeline.errors import ModelMissingError
from pipeline.text.tagger.corpus import Name, Sentence, joined
from pipeline.text.tagger.network import FORBIDDEN, MATRICES, MEMORY, Head, Member, Network, follows
from pipeline.text.tagger.words import BUCKETS, SIGNS, WordList, table

Params = dict[str, Any]


@dataclass(frozen=True)
class Recipe:
    """The sizes of the network and the ways of training. ``exchanged`` is the share of names that are replaced."""

    epochs: int = 16
    width: int = 128
    vector: int = 96
    learned: int = 48
    signs: int = 64
    mixed: int = 128
    sequence: int = 126
    batch: int = MEMORY
    rate: float = 3e-3
    least_seen: int = 3
    exchanged: float = 0.1
    unlearned: float = 0.3
    dropout: float = 0.4
    averaging: float = 0.995
    seed: int = 0


def labels_of(kinds: tuple[str, ...]) -> list[str]:
    """The labels of kinds of names: ``O``, and ``B- I- E- S-`` before each kind."""
    return ["O", *(f"{place}-{kind}" for kind in kinds for place in "BIES")]


def train(
    corpora: dict[str, tuple[list[Sentence], tuple[str, ...]]],
    words: WordList,
    recipe: Recipe,
    report: Callable[[int, float], None] | None = None,
) -> Network:
    """A network of one member learnt from corpora: head name to sentences and kinds of names. ``report`` is called
    after each epoch with its number and its loss.

    Raises ModelMissingError when JAX is not installed.
    """
    try:
        import jax
    except ImportError:
        raise ModelMissingError("training needs JAX; install it with: pip install 'dozaban[train]'") from None
    setup = _Setup(corpora, words, recipe)
    parameters = setup.start()
    moments = {key: (np.zeros_like(value), np.zeros_like(value)) for key, value in parameters.items()}
    mean = parameters
    random = np.random.default_rng(recipe.seed)
    key = jax.random.PRNGKey(recipe.seed)
    done = 0
    step = partial(jax.jit(_step, static_argnums=(0, 1)), setup.frozen())
    vectors = jax.numpy.asarray(words.vectors.floats())
    for epoch in range(recipe.epochs):
        batches = setup.batches(random)
        losses = []
        for number, (head, batch) in enumerate(batches):
            part = (epoch + number / len(batches)) / recipe.epochs
            rate = recipe.rate * min(1.0, done / 200) * (1.0 - part) ** 0.7
            done += 1
            key, now = jax.random.split(key)
            keep = min(recipe.averaging, done / (done + 10))
            parameters, moments, mean, loss = step(
                head, parameters, moments, mean, vectors, batch, now, rate, keep, done
            )
            losses.append(loss)
        if report:
            report(epoch, float(np.mean([float(loss) for loss in losses])))
    return setup.network(mean)


@dataclass(frozen=True)
class _Frozen:
    """What the compiled step may depend on."""

    unlearned: float
    dropout: float


class _Setup:
    """Corpora as numbers, first weights, and the way from weights to a network."""

    def __init__(
        self, corpora: dict[str, tuple[list[Sentence], tuple[str, ...]]], words: WordList, recipe: Recipe
    ) -> None:
        self.corpora, self.words, self.recipe = corpora, words, recipe
        seen = Counter(form for sentences, _ in corpora.values() for one in sentences for form in one.forms)
        often = sorted(
            (form for form, count in seen.items() if count >= recipe.least_seen), key=lambda f: (-seen[f], f)
        )
        #: Row 0 stands for every word that training did not meet often enough.
        self.learned = {form: at for at, form in enumerate(often, 1)}
        self.labels = {head: labels_of(kinds) for head, (_, kinds) in corpora.items()}
        self.names = {head: _names(sentences) for head, (sentences, _) in corpora.items()}
        self._rows: dict[str, tuple[int, int, tuple[int, ...]]] = {}

    def frozen(self) -> _Frozen:
        return _Frozen(self.recipe.unlearned, self.recipe.dropout)

    def start(self) -> Params:
        """The first weights."""
        recipe, random = self.recipe, np.random.default_rng(self.recipe.seed)
        vector = recipe.vector
        inputs, width = vector + recipe.learned + recipe.signs, recipe.width

        def normal(*shape: int, scale: float | None = None) -> Any:
            size = scale or (2 / (shape[-2] + shape[-1])) ** 0.5
            return (random.standard_normal(shape) * size).astype(np.float32)

        gate_bias = np.zeros((2, 4 * width), np.float32)
        gate_bias[:, width : 2 * width] = 1.0
        found: Params = {
            "projection": normal(self.words.vectors.steps.shape[1], vector),
            "learned": normal(len(self.learned) + 1, recipe.learned, scale=0.1),
            "signs": normal(BUCKETS, recipe.signs, scale=0.1),
            "input_bias": np.zeros(inputs, np.float32),
            "gates": normal(2, inputs, 4 * width),
            "gate_bias": gate_bias,
            "recurrent": normal(2, width, 4 * width),
            "mixed": normal(4 * width + inputs, recipe.mixed),
            "mixed_bias": np.zeros(recipe.mixed, np.float32),
        }
        for head, labels in self.labels.items():
            count = len(labels)
            found[f"{head}.weights"] = normal(recipe.mixed, count)
            found[f"{head}.bias"] = np.zeros(count, np.float32)
            found[f"{head}.steps"] = np.array(
                [[0.0 if follows(one, other) else FORBIDDEN for other in labels] for one in labels], np.float32
            )
            found[f"{head}.first"] = np.zeros(count, np.float32)
            found[f"{head}.last"] = np.zeros(count, np.float32)
        return found

    def batches(self, random: Any) -> list[tuple[str, tuple[Any, ...]]]:
        """One epoch in random order: corpora with some names exchanged, cut to batches of neighbouring sequences."""
        result = []
        for head, (sentences, _) in self.corpora.items():
            turn = int(random.integers(len(sentences)))
            changed = [self._exchanged(one, head, random) for one in (*sentences[turn:], *sentences[:turn])]
            sequences = joined(changed, self.recipe.sequence)
            for at in range(0, len(sequences), self.recipe.batch):
                result.append((head, self._arrays(sequences[at : at + self.recipe.batch], head)))
        return [result[i] for i in random.permutation(len(result))]

    def _exchanged(self, sentence: Sentence, head: str, random: Any) -> Sentence:
        if not sentence.names or not self.recipe.exchanged:
            return sentence
        words: list[str] = []
        names: list[Name] = []
        at = 0
        for start, end, kind in sentence.names:
            words += sentence.forms[at:start]
            form = sentence.forms[start:end]
            if random.random() < self.recipe.exchanged:
                others = self.names[head][kind]
                form = others[random.integers(len(others))]
            names.append((len(words), len(words) + len(form), kind))
            words += form
            at = end
        return Sentence(words + sentence.forms[at:], names)

    def _arrays(self, sequences: list[Sentence], head: str) -> tuple[Any, ...]:
        size, count = self.recipe.sequence + 2, self.recipe.batch
        vector = np.full((count, size), -1, np.int32)
        learned = np.zeros((count, size), np.int32)
        signs = np.zeros((count, size, SIGNS), np.int32)
        label = np.zeros((count, size), np.int32)
        live = np.zeros((count, size), np.float32)
        same = np.full((count, size), count * size - 1, np.int32)
        kinds: dict[str, int] = {}
        number = {name: at for at, name in enumerate(self.labels[head])}
        for row, one in enumerate(sequences):
            length = min(len(one.forms), size)
            rows = [self._row(form) for form in one.forms[:length]]
            vector[row, :length] = [found[0] for found in rows]
            learned[row, :length] = [found[1] for found in rows]
            signs[row, :length] = [found[2] for found in rows]
            live[row, :length] = 1.0
            same[row, :length] = [kinds.setdefault(form, len(kinds)) for form in one.forms[:length]]
            for start, end, kind in one.names:
                if end <= size:
                    label[row, start:end] = number[f"I-{kind}"]
                    label[row, start] = number[f"B-{kind}"]
                    label[row, end - 1] = number[f"E-{kind}"]
                    if end - start == 1:
                        label[row, start] = number[f"S-{kind}"]
        return vector, learned, signs, label, live, same

    def _row(self, form: str) -> tuple[int, int, tuple[int, ...]]:
        found = self._rows.get(form)
        if found is None:
            found = (self.words.row.get(form, -1), self.learned.get(form, 0), self.words.signs(form))
            self._rows[form] = found
        return found

    def network(self, mean: Params) -> Network:
        """The network of averaged weights."""
        given = {key: np.array(value, np.float32) for key, value in mean.items()}
        heads = {
            head: Head(labels, *(given[f"{head}.{part}"] for part in ("weights", "bias", "steps", "first", "last")))
            for head, labels in self.labels.items()
        }
        member = Member(
            learned_table=table(given["learned"]),
            sign_table=table(given["signs"]),
            **{key: given[key] for key in MATRICES},
        )
        return Network(self.words, self.learned, [member], heads)


def united(networks: list[Network]) -> Network:
    """Networks trained on the same corpora and word list as one, whose scores are the means of theirs."""
    first, count = networks[0], len(networks)
    heads = {}
    for key, head in first.heads.items():
        parts = [network.heads[key] for network in networks]
        mean = {name: sum(getattr(part, name) for part in parts) / count for name in ("bias", "steps", "first", "last")}
        heads[key] = Head(head.labels, np.concatenate([part.weights for part in parts]) / count, **mean)
    return Network(first.words, first.learned, [one for network in networks for one in network.members], heads)


def _names(sentences: list[Sentence]) -> dict[str, list[list[str]]]:
    """The names of each kind as often as they stand in the text."""
    found: dict[str, list[list[str]]] = {}
    for sentence in sentences:
        for start, end, kind in sentence.names:
            found.setdefault(kind, []).append(sentence.forms[start:end])
    return found


def _step(
    frozen: _Frozen, head: str, parameters: Params, moments: Any, mean: Params, vectors: Any, batch: Any,
    key: Any, rate: Any, keep: Any, done: Any,
) -> Any:  # fmt: skip
    """One step of Adam (Kingma and Ba 2015) with clipped gradients, and of the running average."""
    import jax
    import jax.numpy as jnp

    loss, slope = jax.value_and_grad(_loss)(parameters, frozen, head, vectors, batch, key)
    size = jnp.sqrt(sum(jnp.sum(part**2) for part in slope.values()))
    slope = {name: part * jnp.minimum(1.0, 5.0 / (size + 1e-9)) for name, part in slope.items()}
    moments = {
        name: (0.9 * moments[name][0] + 0.1 * slope[name], 0.99 * moments[name][1] + 0.01 * slope[name] ** 2)
        for name in slope
    }
    parameters = {
        name: value
        - rate * (moments[name][0] / (1 - 0.9**done)) / (jnp.sqrt(moments[name][1] / (1 - 0.99**done)) + 1e-8)
        for name, value in parameters.items()
    }
    mean = {name: keep * mean[name] + (1 - keep) * parameters[name] for name in parameters}
    return parameters, moments, mean, loss


def _loss(given: Params, frozen: _Frozen, head: str, vectors: Any, batch: Any, key: Any) -> Any:
    """The mean negative log-likelihood of the labels, a piece."""
    import jax
    import jax.numpy as jnp

    vector, learned, signs, label, live, same = batch
    keys = iter(jax.random.split(key, 8))

    def dropped(value: Any, rate: float, shape: tuple[int, ...]) -> Any:
        return value * jax.random.bernoulli(next(keys), 1 - rate, shape) / (1 - rate)

    count, size = label.shape
    known = jnp.where((vector >= 0)[..., None], vectors[jnp.maximum(vector, 0)], 0.0) @ given["projection"]
    learned = jnp.where(jax.random.bernoulli(next(keys), frozen.unlearned, learned.shape), 0, learned)
    sign = dropped(given["signs"][signs], 0.1, (*signs.shape, 1)).sum(2)
    inputs = jnp.concatenate([known, given["learned"][learned], sign], -1) + given["input_bias"]
    inputs = dropped(inputs, frozen.dropout, (count, 1, inputs.shape[-1]))
    inputs = dropped(inputs, 0.1, (count, size, 1))
    states = _both_ways(given, inputs, live)
    states = dropped(states, frozen.dropout, (count, 1, states.shape[-1]))
    mixed = jnp.concatenate([states, _means(states, same, live), inputs], -1) @ given["mixed"] + given["mixed_bias"]
    mixed = dropped(jax.nn.relu(mixed), 0.3, (count, 1, mixed.shape[-1]))
    scores = mixed @ given[f"{head}.weights"] + given[f"{head}.bias"]
    return _chain_loss(scores, label, live, *(given[f"{head}.{part}"] for part in ("steps", "first", "last")))


def _both_ways(given: Params, inputs: Any, live: Any) -> Any:
    """The LSTM forwards and backwards at once."""
    import jax
    import jax.numpy as jnp

    turned = jnp.stack([inputs, inputs[:, ::-1]])
    gates = jnp.einsum("dbti,dio->tdbo", turned, given["gates"]) + given["gate_bias"][None, :, None]
    alive = jnp.stack([live, live[:, ::-1]]).transpose(2, 0, 1)[..., None]

    def step(before: Any, now: Any) -> Any:
        state, cell = before
        gate, on = now
        enter, forget, out, new = jnp.split(gate + jnp.matmul(state, given["recurrent"]), 4, -1)
        cell = (jax.nn.sigmoid(forget) * cell + jax.nn.sigmoid(enter) * jnp.tanh(new)) * on
        state = jax.nn.sigmoid(out) * jnp.tanh(cell) * on
        return (state, cell), state

    start = jnp.zeros((2, inputs.shape[0], given["recurrent"].shape[1]))
    _, states = jax.lax.scan(step, (start, start), (gates, alive))
    return jnp.concatenate([states[:, 0].swapaxes(0, 1), states[::-1, 1].swapaxes(0, 1)], -1)


def _means(states: Any, same: Any, live: Any) -> Any:
    """For each piece the mean state of all occurrences of its word in the batch, which is taken for one text."""
    import jax

    rows, room = same.reshape(-1), same.size
    total = jax.ops.segment_sum((states * live[..., None]).reshape(room, -1), rows, room)
    sizes = jax.ops.segment_sum(live.reshape(-1), rows, room)
    return (total / jax.numpy.maximum(sizes, 1.0)[:, None])[rows].reshape(states.shape)


def _chain_loss(scores: Any, label: Any, live: Any, steps: Any, first: Any, last: Any) -> Any:
    import jax
    import jax.numpy as jnp

    def step(before: Any, now: Any) -> Any:
        score, on = now
        after = jax.nn.logsumexp(before[:, :, None] + steps[None], 1) + score
        return jnp.where(on[:, None] > 0, after, before), None

    total, _ = jax.lax.scan(step, first + scores[:, 0], (scores[:, 1:].swapaxes(0, 1), live[:, 1:].T))
    whole = jax.nn.logsumexp(total + last, -1)
    end = jnp.take_along_axis(label, jnp.maximum(live.sum(1).astype(int) - 1, 0)[:, None], 1)[:, 0]
    right = (jnp.take_along_axis(scores, label[:, :, None], 2)[:, :, 0] * live).sum(1)
    right += (steps[label[:, :-1], label[:, 1:]] * live[:, 1:]).sum(1) + first[label[:, 0]] + last[end]
    return ((whole - right) * live[:, 0]).sum() / live.sum()
