"""The measure of what long texts cost covers every module that has patterns."""

from __future__ import annotations

import importlib

import pytest

from zona.config.environment import REPOSITORY


def test_every_pattern_is_measured_and_every_scan_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY))
    growth = importlib.import_module("bench.growth")
    scans = [*growth.checker_scans(), *growth.other_scans()]
    assert growth.homeless(scans) == []
    for scan in scans:
        scan.run("KPU Kabupaten Magelang, Kamis (21/8/2025). " * 3)
