# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: run test check bench bench-ner lock clean

run: $(STAMP) ## process corpus/ into outputs/
	$(BIN)/dozaban run

test: $(STAMP) ## run the tests
	$(BIN)/pytest

check: $(STAMP) ## lint and type-check
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(STAMP) ## time each stage against spaCy alone (ARTICLE=path to time another article)
	$(BIN)/python benchmarks/stages.py $(ARTICLE)

bench-ner: $(STAMP) ## score and time the Persian names model on PEYMA and ParsTwiNER (DATA=folder, FLAGS=--crf --cnn)
	$(BIN)/python benchmarks/ner_fa.py $(DATA) $(FLAGS)

lock: ## pin the dependencies of pyproject.toml again (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.12 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements.lock

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 12) else "Dozaban needs Python 3.12 or newer; \
	this is %s. Try: make PYTHON=python3.12" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
