# The commands of the project. Each works on a fresh clone with python3, make and git alone, and may be run again.
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)

.PHONY: help setup run test bench smoke fuzz mutants sbom languages package package-check clean

help:
	@echo "make setup   set up .venv with everything that the viewer, the trainer and the tests need"
	@echo "make run     open the viewer on the demo patient (without a display: results and a picture under out/)"
	@echo "make test    all checks: ruff, mypy, import contracts, tests"
	@echo "make bench   speed beside its peers, in the same run"
	@echo "make smoke   try the installed command on the demo patient"
	@echo "make fuzz N=3000 SEED=1   open damaged files; INDEX=17 repeats one, TABLE=file.json can be gone on with"
	@echo "make mutants N=200 SEED=1   break rules of geometry and HU on purpose, count which the tests notice"
	@echo "make sbom    bill of materials and hash-locked versions of what is installed, under out/"
	@echo "make package   build what is double-clicked on this system, under dist/"
	@echo "make package-check   try what make package built, from outside"
	@echo "make languages   bring the catalogs of translations up to date with the source"
	@echo "make clean   remove what was built, not .venv"

setup:
	@sh packaging/setup.sh

run: setup
	@$(BIN)/leukoviewer --demo

test: setup
	@$(BIN)/python packaging/checks.py

bench: setup
	@$(BIN)/python -m tests.benchmarks

smoke: setup
	@$(BIN)/python packaging/smoke.py $(BIN)/leukoviewer

fuzz: setup
	@$(BIN)/python -m tests.fuzz N=$(N) SEED=$(SEED) INDEX=$(INDEX) TABLE=$(TABLE) FILE=$(FILE) LIMIT=$(LIMIT)

mutants: setup
	@$(BIN)/python -m tests.mutation $(if $(N),N=$(N)) $(if $(SEED),SEED=$(SEED)) $(if $(ONLY),ONLY=$(ONLY)) $(if $(SECONDS),SECONDS=$(SECONDS))

sbom: setup
	@$(BIN)/python packaging/installed_bill.py

languages: setup
	@$(BIN)/python packaging/languages.py

package:
	@sh packaging/setup.sh make_package.py

package-check:
	@sh packaging/setup.sh package_check.py

clean:
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find leukoviewer trainer tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
