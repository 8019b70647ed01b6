"""Findings as programs read them."""

from __future__ import annotations

import json
from pathlib import Path

import jupyter_journey as jj
from jupyter_journey.exports.findings import as_json, as_sarif, as_text


def draft(folder: Path) -> tuple[Path, str]:
    journey = jj.Journey.new("Entwurf").add("goals", name="Schneller", id="schneller")
    journey = journey.add("personas", name="Ärztin", id="ärztin")
    path = folder / "draft.journey.json"
    journey.save(path)
    return path, path.read_text(encoding="utf-8")


def test_sarif_names_the_line_of_each_record(tmp_path: Path) -> None:
    path, text = draft(tmp_path)
    findings = jj.check(jj.Journey.load(path))
    log = json.loads(as_sarif(findings, "maps\\draft.journey.json", text))
    (run,) = log["runs"]
    assert len(run["results"]) == len(findings)
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(findings["check"])
    lines = text.splitlines()
    named = set()
    for result, row in zip(run["results"], findings.to_dict("records"), strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "maps/draft.journey.json"
        line = lines[place["region"]["startLine"] - 1]
        if row["where"] in ("goals/schneller", "personas/ärztin"):
            assert line.strip().startswith(f'"id": "{row["where"].split("/")[1]}"')
            named.add(row["where"])
    assert named == {"goals/schneller", "personas/ärztin"}
    levels = {"error": "error", "warning": "warning", "hint": "note"}
    assert [r["level"] for r in run["results"]] == [levels[level] for level in findings["level"]]


def test_json_holds_what_the_frame_holds(tmp_path: Path) -> None:
    path, text = draft(tmp_path)
    findings = jj.check(jj.Journey.load(path))
    said = json.loads(as_json(findings, str(path), text))
    assert said["file"] == str(path)
    assert said["findings"] == findings.astype(str).to_dict("records")
    assert sum(said["counts"].values()) == len(findings)


def test_text_counts_at_the_end(tmp_path: Path) -> None:
    path, text = draft(tmp_path)
    findings = jj.check(jj.Journey.load(path))
    *rows, last = as_text(findings, str(path), text).splitlines()
    assert len(rows) == len(findings)
    errors = sum(" error " in row for row in rows)
    assert last.startswith(f"{errors} errors, ")
