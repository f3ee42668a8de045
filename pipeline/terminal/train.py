"""``dozaban train``: makes trained resources again from data that the project does not carry."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Train the project's own models again.", no_args_is_help=True, rich_markup_mode=None)

OutputOption = Annotated[Path, typer.Option("--output", "-o", help="The file to write.", metavar="FILE")]


@app.command("words-fa")
def words_fa(
    texts: Annotated[list[Path], typer.Argument(help="Persian texts in any format; their words join the word list.")],
    output: OutputOption,
) -> None:
    """Make the word list of the Persian tagger: known words and their vectors (needs the extra `train`)."""
    from pipeline.text.tagger.vocabulary import build
    from pipeline.text.tagger.words import save_words

    words = build(texts)
    save_words(words, output)
    typer.echo(f"{output}: {len(words.words):,} words, {output.stat().st_size / 1e6:.1f} MB")


@app.command()
def lexicon(
    data: Annotated[
        Path, typer.Argument(help="Folder with parallel/ and lexicon/, laid out as docs/alignment.md says.")
    ],
    output: OutputOption,
) -> None:
    """Make the English–Persian lexicon from parallel texts and word lists (seconds)."""
    from pipeline.errors import ConfigError
    from pipeline.text.train_lexicon import write

    if not (data / "parallel").is_dir():
        raise ConfigError(f"{data} holds no parallel texts: name the folder that has parallel/ and lexicon/ in it")
    write(data, output)
    typer.echo(f"{output}: {output.stat().st_size / 1e6:.1f} MB")


@app.command("ner-fa")
def ner_fa(
    corpora: Annotated[
        list[Path],
        typer.Argument(
            help="Annotated corpora: PEYMA (token|B_PER), ParsTwiNER (token TAB B-PER), exported articles (.fa.conll)."
        ),
    ],
    output: OutputOption,
    reviewed: Annotated[
        Path | None,
        typer.Option(
            "--reviewed", help="A folder of records: those whose review is done are learnt from too.", metavar="FOLDER"
        ),
    ] = None,
    words: Annotated[
        Path | None,
        typer.Option(
            "--words", help="The word list of `words-fa`, or an earlier model, whose list is taken.", metavar="FILE"
        ),
    ] = None,
    members: Annotated[int, typer.Option("--members", min=1, max=5, help="Networks whose scores are averaged.")] = 2,
    epochs: Annotated[
        int, typer.Option("--epochs", min=0, help="Times that the corpora are read; 0 is the recipe's own.")
    ] = 0,
) -> None:
    """Train the Persian tagger of names (needs the extra `train`; hours on one core)."""
    import tempfile

    from pipeline.review.gold import write_annotated
    from pipeline.text.tagger.recipe import train_files

    def report(member: int, epoch: int, loss: float) -> None:
        typer.echo(f"member {member + 1}, epoch {epoch + 1}: loss {loss:.4f}")

    with tempfile.TemporaryDirectory(prefix="dozaban-train-") as folder:
        own = write_annotated(reviewed, Path(folder), "fa") if reviewed else []
        size = train_files([*corpora, *own], output, words, members=members, epochs=epochs, report=report)
    typer.echo(f"{output}: {size / 1e6:.1f} MB")
