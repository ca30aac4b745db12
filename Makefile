# All set-up happens here: a machine with Python 3.11 or newer and make needs nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export DAGSTER_DISABLE_TELEMETRY = 1
export GX_ANALYTICS_ENABLED = false
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-browser test-office test-daemon test-house test-power test-wheel power torture bench fuzz dev help

help:
	@echo "make demo          bygg demoen: leveranser, varehus, indikatorer, utgivelse og nettsted"
	@echo "make test          alle tester uten nettleser"
	@echo "make test-browser  nettstedet åpnet i Chromium uten skjerm"
	@echo "make test-office   skjemaene åpnet og lagret i LibreOffice"
	@echo "make test-daemon   tjenesten i drift: en fil i innboksen blir til et nytt nettsted"
	@echo "make test-house    hele hjem: oppdateringer, drepte prosesser, utgivelser, alle regler om regnskap"
	@echo "make test-power    de første feilene av hvert slag, som blir funnet som før"
	@echo "make test-wheel    hjulet installert i et eget miljø, med demoen utenfor utsjekkingen"
	@echo "make power         hvor mange av tre tusen feil kontrollene finner, etter slag (et kvarter)"
	@echo "make torture       huset drept tusen ganger på tilfeldige tidspunkt (et kvarter)"
	@echo "make bench         måling av fart mot rene skript, ren SQL, Great Expectations, pandera og pointblank"
	@echo "make fuzz          skadede filer til alle leserne i ti minutter (FUZZ_MINUTES, FUZZ_SEED)"
	@echo "make dev           Dagster-flaten på hjemmets egen instans"

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Følgeeval krever Python 3.11 eller nyere; sett PYTHON=<sti>")'
	@echo "Lager .venv fra requirements.lock (ett til to minutter første gang) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(VENV)/.ready
	@$(BIN)/folgeeval demo

test: $(VENV)/.ready
	$(BIN)/python -m pytest -q -n 2 -m "not (browser or office or daemon or benchmark or torture or wheel or fuzz or house or power)"

test-browser: $(VENV)/.ready
	$(BIN)/python -m pytest -q -m browser tests/browser

test-office: $(VENV)/.ready
	$(BIN)/python -m pytest -q -m office tests/office

test-daemon: $(VENV)/.ready
	$(BIN)/python -m pytest -q -s -m daemon tests/daemon

test-house: $(VENV)/.ready
	$(BIN)/python -m pytest -q -n 2 -m house tests

test-power: $(VENV)/.ready
	$(BIN)/python -m pytest -q -m power tests/power

test-wheel: $(VENV)/.ready
	$(BIN)/python -m pytest -q -m wheel tests/test_wheel.py

power: $(VENV)/.ready
	@$(BIN)/python -m tests.power $(POWER)

torture: $(VENV)/.ready
	$(BIN)/python -m pytest -q -s -m torture tests/torture

.venv-bench/.ready: requirements-bench.lock
	@echo "Lager .venv-bench med bibliotekene det måles mot ..."
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(VENV)/.ready .venv-bench/.ready
	$(BIN)/python -m pytest -q -s -m benchmark tests/benchmarks

fuzz: $(VENV)/.ready
	$(BIN)/python -m pytest -q -s -m fuzz tests/fuzz

dev: $(VENV)/.ready
	@$(BIN)/folgeeval dev
