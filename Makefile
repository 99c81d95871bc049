# Two commands set everything up: "make run" serves the app, "make test" passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.set-up
# Two processes, each with its own checker and its own PostgreSQL; the tests of a module stay together.
APART := -n 2 --dist loadscope

.PHONY: help run setup test browser lint accuracy benchmark evaluate train data practice screenshots icons wheel clean

help: ## Say what each command does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: setup ## Set up and serve the app on http://127.0.0.1:5000
	@echo "Serving on http://127.0.0.1:5000 (stop with Ctrl-C)"
	@$(BIN)/postcheck serve --host 127.0.0.1 --port 5000

setup: $(DONE) ## Make .venv with pinned requirements and the postcheck command

$(DONE): requirements.txt setup.cfg pyproject.toml setup.py $(wildcard webapp/design/*)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Postcheck needs Python 3.11 or later: install python3, or say which with make PYTHON=/path/to/python3 run"; exit 1; }
	@echo "Making the virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "The virtual environment could not be made: on Debian, install it with: apt-get install python3-venv"; exit 1; }
	@echo "Installing pinned requirements (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt || \
	  { echo "The requirements could not be installed: check the connection to the package index and run make again"; exit 1; }
	@echo "Installing Postcheck itself (its style sheet is built from the design system, which npm brings)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(DONE)

test: setup lint ## Set up, then lint, check types and run the tests
	@echo "Running the tests"
	@$(BIN)/python -m pytest -q $(APART) --ignore=tests/browser
	@echo "Running the tests of the pages in a browser"
	@$(BIN)/python -m pytest -q tests/browser

browser: setup ## Run the tests of the pages in a browser alone (takes Chromium)
	@$(BIN)/python -m pytest -q tests/browser

lint: setup ## Lint and check types
	@echo "Linting and checking types"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

accuracy: setup ## Score the checker on the development drafts into docs/accuracy.md
	@$(BIN)/python benchmarks/accuracy.py
	@$(BIN)/python -W ignore::RuntimeWarning -m webapp.figures docs/accuracy.md

benchmark: setup ## Measure time and memory of one check
	@$(BIN)/python benchmarks/check.py
	@$(BIN)/python -m benchmarks.lexicon

evaluate: setup ## Measure the learned reader into docs/evaluation.md (after train; takes matplotlib)
	@$(BIN)/python -m model evaluate $(addprefix --drafts ,$(wildcard training_data/kept-apart/*.jsonl))
	@$(BIN)/python -m model card

train: setup ## Train the learned reader on training_data/
	@$(BIN)/python -m model train

data: setup ## Print the tables of the training data and fail on any floor
	@$(BIN)/python -m model data

practice: setup ## Write the drafts for practice, chosen in training_data/practice.yaml
	@$(BIN)/python -m model practice

screenshots: setup ## Draw the pages into docs/screenshots/ (takes Chromium)
	@$(BIN)/python -W ignore::RuntimeWarning tests/browser/pictures.py screenshots

icons: setup ## Draw the icons of the app from webapp/static/icon.svg (takes Chromium)
	@$(BIN)/python -W ignore::RuntimeWarning tests/browser/pictures.py icons

wheel: setup ## Build the wheel into dist/
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## Remove what was built
	rm -f webapp/static/design-system*
	rm -rf $(VENV) dist build *.egg-info .mypy_cache .ruff_cache .pytest_cache
