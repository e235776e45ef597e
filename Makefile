# Everything that people and CI run. `make help` lists the targets.
# Python is always .venv's, QGIS always runs on the profile in .profile; both are made on first use.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
PYTHON := .venv/bin/python
PYTEST := QT_QPA_PLATFORM=offscreen PYTHONNOUSERSITE=1 $(PYTHON) -m pytest
PROCESSES ?= -n auto --maxprocesses 4 --dist loadfile

# GNU make turns every failure of a recipe into its own exit code 2. In question mode, however, it hands on
# the 1 of a recipe line that begins with +, and 1 is what qgis_process says when an algorithm fails.
# So `make qgis` alone ends with 0, 1, or 2 for anything else; .ci/qgis_process has the exact code.
ifeq ($(MAKECMDGOALS),qgis)
MAKEFLAGS += --question
endif

.PHONY: help setup setup-run plugin profile qgis demo test test-qgis344 lint docs screenshots package bench bench-coregistration bench-hslidar bench-clouds bench-sentinel2 bench-hyperspectral bench-spatiotemporal bench-unmixing bench-flood bench-engine bench-scale attack train clean

help:
	@grep -hE '^#: ' Makefile | sed 's/^#: //'

#: make demo [PAN=… MS=…]   pansharpen a generated scene, or your own, and show what it gained
demo: setup-run plugin
	@.ci/profile
	@$(PYTHON) -m models.pansharpening.demo $(if $(PAN),--pan "$(PAN)") $(if $(MS),--ms "$(MS)")

#: make test [ARGS=…]       set up and run all tests, in as many processes as there are cores, at most 4
test: setup profile
	@$(PYTEST) $(PROCESSES) $(ARGS)

#: make test-qgis344 [ARGS=…]   the same on QGIS 3.44, in a folder of its own; needs root
test-qgis344:
	@.ci/qgis344 $(ARGS)

#: make lint                the style rules
lint: setup
	@.venv/bin/ruff check .

#: make docs                the help pages in build/help, every link checked
docs: setup
	@$(PYTHON) .ci/docs.py

#: make screenshots [ONLY=…]   pictures of all dialogs in the real desktop, in build/screenshots
screenshots: demo
	@SCREENSHOTS_LAYERS="$$(ls -d $(CURDIR)/build/demo/ms.tif $(CURDIR)/build/demo/pan.tif)" .ci/screenshots build/screenshots $(ONLY)

#: make qgis ARGS='run …'   qgis_process with the plugin; ends with its exit code
qgis:
	+@.ci/qgis_process $(ARGS)

#: make package             the ZIP for the plugin repository, checked
package: setup plugin
	@$(PYTHON) .ci/package.py

#: make bench DATA=…        the quality tables on a folder of Pan+MS pairs
bench: setup
	@$(PYTHON) -m models.pansharpening.benchmark --data "$(DATA)" $(ARGS)

#: make bench-coregistration DATA=…   known displacements put into every pair of the data folder, and recovered
bench-coregistration: setup
	@.ci/peers
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PYTHON) -m models.alignment.benchmark --data "$(DATA)" $(ARGS)

#: make bench-hslidar DATA=…   classification of HS and LiDAR beside random forest and SVM
bench-hslidar: setup
	@.ci/peers
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PYTHON) -m models.land_cover.benchmark --data "$(DATA)" $(ARGS)

#: make bench-sentinel2 DATA=…   coarse bands of Sentinel-2 brought to 10 m, beside interpolation and GLP
bench-sentinel2: setup
	@OMP_NUM_THREADS=1 $(PYTHON) -m models.sentinel2_sharpening.benchmark "$(DATA)" $(ARGS)

#: make bench-spatiotemporal DATA=…   fine images predicted for dates that are known, beside STARFM and its successors
bench-spatiotemporal: setup
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PYTHON) -m models.spatiotemporal_fusion.benchmark "$(DATA)" $(ARGS)

#: make bench-hyperspectral DATA=…   hyperspectral images sharpened by all methods; ARGS=--as-delivered leaves shifts
bench-hyperspectral: setup
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PYTHON) -m models.hyperspectral_sharpening.benchmark "$(DATA)" $(ARGS)

#: make bench-flood DATA=…      flood water on events that were not seen, beside thresholds and forests; trains first
bench-flood: setup
	@OMP_NUM_THREADS=1 $(PYTHON) -m models.segmentation.train --data "$(DATA)" --out runs/water \
		--architectures sar optical early gate attention --folds a b c d
	@OMP_NUM_THREADS=1 $(PYTHON) -m models.segmentation.benchmark --data "$(DATA)" --out runs/water $(ARGS)

#: make bench-unmixing DATA=…   shares of materials beside NMF and VCA with FCLS, and their speed
bench-unmixing: setup
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PYTHON) -m models.unmixing.benchmark "$(DATA)" $(ARGS)

#: make bench-clouds DATA=…   clouds removed from triplets that the networks have not seen
bench-clouds: setup
	@.ci/peers
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PYTHON) -m models.cloud_removal.benchmark --data "$(DATA)" $(ARGS)

#: make bench-engine        seams, overhead, memory and growth of the engine
bench-engine: setup
	@$(PYTHON) -m models.engine $(ARGS)

#: make bench-scale         the same tiles on two Dask workers: the same bytes, and how many times as fast
bench-scale: setup
	@.ci/peers
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PYTHON) -m models.engine.scale $(ARGS)

#: make attack              changed networks and cards, then names, faults and cancels in every algorithm; ARGS for the mutants
attack: setup plugin
	@$(PYTHON) .ci/attack.py mutants $(ARGS)
	@$(PYTHON) .ci/attack.py overlaps
	@$(PYTHON) .ci/attack.py faults
	@$(PYTHON) .ci/attack.py cancels

#: make train DATA=…        train the pansharpening network and export it into runs/pansharpening
train: setup
	@OMP_NUM_THREADS=1 $(PYTHON) -m models.pansharpening.train --data "$(DATA)" --out runs/pansharpening $(ARGS)
	@$(PYTHON) -m models.common.export runs/pansharpening/best.pt

#: make setup               Debian and Python packages for everything above
setup:
	@.ci/setup develop

setup-run:
	@.ci/setup run

#: make plugin              put the plugin together in build/rsfusion_qgis
plugin: | setup-run
	@$(PYTHON) .ci/assemble.py

#: make profile             the QGIS profile in .profile with the plugin enabled
profile: setup-run plugin
	@.ci/profile

#: make clean               remove what was built, not .venv
clean:
	@rm -rf build .profile .pytest_cache .ruff_cache .hypothesis .qgis-settings
