# Everything a developer runs. `make test` needs only git, make and Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo ask test soak kills check format lint types lock texts bench bench-speed bench-start bench-road bench-trials bench-broadcast bench-quality fit-confidence container-check clean help

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/ —/'

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)  ## the bot in a browser, with sample articles
	$(BIN)/paragraf demo

ask: $(READY)  ## add the demo articles to a temporary folder and answer a question
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && export PARAGRAF_DATA="$$folder" && \
	$(BIN)/paragraf add demo/articles && $(BIN)/paragraf ask "$(or $(Q),Когда откроется морской порт?)"

test: $(READY)  ## all tests
	$(BIN)/python -m pytest -n auto

soak: $(READY)  ## twenty minutes (MINUTES=) of everything at once with kills and faults, reckoned up
	$(BIN)/python -m tests.faults.soak $(or $(MINUTES),20)

kills: $(READY)  ## sixty kills (KILLS=) in the long work of editors, at random moments
	$(BIN)/python -m tests.faults.jobs_killed $(or $(KILLS),60)

check: format lint types test  ## what CI runs: format, lint, types, tests

format: $(READY)  ## is everything formatted?
	$(BIN)/ruff format --check .

lint: $(READY)  ## ruff
	$(BIN)/ruff check .

types: $(READY)  ## mypy, strict
	$(BIN)/mypy

lock: $(READY)  ## renew requirements/*.txt from pyproject.toml
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --extra semantic -o requirements/semantic.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --extra dev -o requirements/dev.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --extra dev --extra bench -o requirements/bench.txt

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header

BENCH := .venv-bench
BENCH_READY := $(BENCH)/.ready

$(BENCH_READY): requirements/bench.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

container-check: $(READY)  ## carry out the Dockerfile without an engine and run the bot in it (root, debootstrap)
	PYTHON=$(CURDIR)/$(BIN)/python tests/container.sh

bench: $(BENCH_READY)  ## search time and memory beside other engines, to docs/benchmarks.md
	$(BENCH)/bin/python -m benchmarks.search_speed $(if $(DATA),--data $(DATA)) 1000 10000 100000

bench-start: $(BENCH_READY)  ## what a large corpus costs before its first answer: reading, a start
	$(BENCH)/bin/python -m benchmarks.start

bench-road: $(BENCH_READY)  ## what a question costs on its road, beside a bare echo bot
	$(BENCH)/bin/python -m benchmarks.road

bench-trials: $(BENCH_READY)  ## what it costs to try a change of words before it takes effect
	$(BENCH)/bin/python -m benchmarks.trials

bench-broadcast: $(BENCH_READY)  ## a broadcast to 2 000 and 10 000 under Telegram's limits, and a reader's wait meanwhile
	$(BENCH)/bin/python -m benchmarks.broadcast 2000 10000

bench-quality: $(BENCH_READY)  ## every idea of the ranking, and rivals, on the same questions (DATA=folders)
	$(BENCH)/bin/python -m benchmarks.answer_quality $(DATA)

fit-confidence: $(BENCH_READY)  ## fit the weights of the confidence (DATA=folders, SEMANTIC=1 for those of meaning)
	$(BENCH)/bin/python -m benchmarks.fit_confidence $(if $(SEMANTIC),--semantic) $(DATA)

bench-speed: $(BENCH_READY)  ## the same, and a million paragraphs (some 10 GB of memory)
	$(BENCH)/bin/python -m benchmarks.search_speed $(if $(DATA),--data $(DATA)) \
		1000 10000 100000 1000000

texts: $(READY)  ## bring the catalogues of bot/locales up to date with the code
	$(BIN)/pybabel -q extract --no-location --omit-header --ignore-dirs=simulator -k text -k count:1,2 -k UserError -k Command:3 -o $(POT) bot
	for language in ru az; do $(BIN)/pybabel -q update --no-fuzzy-matching --omit-header \
	  --ignore-obsolete -l $$language -i $(POT) -o bot/locales/$$language/messages.po; done
	rm $(POT)

POT := bot/locales/messages.pot

clean:  ## remove what was built
	rm -rf $(VENV) $(BENCH) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
