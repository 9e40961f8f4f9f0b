# 护苗 Humiao. `make run` is all that a first look needs; it installs what is missing into .venv.
PYTHON ?= python3
BIN := .venv/bin
export HUMIAO_VAR_DIR ?= var

.PHONY: setup run test test-long check bench bench-pages bench-tablet lock clean
.DELETE_ON_ERROR:

TABLET := forms/tablet/dist/index.html
DESK := backend/web/static/desk/desk.css
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm

setup: .venv/ready backend/web/static/swagger-ui/ready $(TABLET) $(DESK)

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make setup PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m geodata
	@touch $@

node_modules/ready: .venv/ready package-lock.json
	$(NPM) ci --silent
	@touch $@

backend/web/static/swagger-ui/ready: node_modules/ready
	$(BIN)/python scripts/copy_swagger_ui.py
	@touch $@

$(TABLET): node_modules/ready $(shell find forms/tablet/src forms/tablet/public forms/tablet/*.* -type f)
	$(NPM) run --silent build -w humiao-tablet

$(DESK): node_modules/ready $(shell find backend/web/assets -type f) forms/tablet/src/tokens.css
	$(NPM) run --silent build -w humiao-desk

run: setup
	@$(BIN)/humiao demo
	@echo "http://127.0.0.1:8000"
	@$(BIN)/humiao serve --workers 2

test: setup
	$(NPM) run --silent test -w humiao-tablet
	$(BIN)/pytest -q -n 2 --dist loadfile --database sqlite
	$(BIN)/pytest -q -n 2 --dist loadfile --database postgresql

test-long: setup
	$(BIN)/pytest -q --long --database sqlite

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run --silent check -w humiao-tablet
	$(NPM) run --silent check -w humiao-desk

bench: setup
	$(BIN)/python scripts/bench.py

bench-pages: setup
	PYTHONPATH=. $(BIN)/python scripts/bench_pages.py
	PYTHONPATH=. $(BIN)/python scripts/bench_cases.py

bench-tablet: setup
	PYTHONPATH=. $(BIN)/python scripts/bench_tablet.py

lock:
	uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-header pyproject.toml -o requirements.lock

clean:
	rm -rf .venv node_modules build backend/web/static/swagger-ui forms/tablet/dist
