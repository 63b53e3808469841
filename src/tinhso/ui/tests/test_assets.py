"""What is shipped to browsers: unchanged, light, and within a strict content security policy."""

from __future__ import annotations

import gzip
import json
import re
import runpy
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

UI = Path(__file__).resolve().parents[1]
PROJECT = UI.parents[2]
STATIC = UI / "static" / "ui"
FONTS = ["vendor/fonts/public-sans-latin.woff2", "vendor/fonts/public-sans-vietnamese.woff2"]
STYLES = ["vendor/govuk/govuk-frontend.min.css", "hub.css"]
SCRIPTS = ["vendor/htmx/htmx.min.js", "hub.js", "photo.js", "keep.js"]
TEMPLATES = sorted((UI.parent).glob("**/templates/**/*.html"))
KILO = 1024


def sent(*names: str) -> int:
    """Bytes on the wire: fonts as they are, the rest compressed."""
    return sum(
        len(content if name.endswith(".woff2") else gzip.compress(content, 9))
        for name in names
        for content in [(STATIC / name).read_bytes()]
    )


def test_the_shipped_files_are_those_of_the_lock() -> None:
    vendor = runpy.run_path(str(PROJECT / "tools" / "vendor_assets.py"))
    assert vendor["faults"]() == []


def test_each_package_states_version_licence_and_digest() -> None:
    lock = json.loads((PROJECT / "tools" / "assets.lock.json").read_text())
    for name, package in lock.items():
        assert all(package[key] for key in ("version", "licence", "integrity", "files")), name


def test_nothing_of_a_font_or_emblem_that_is_not_ours_is_left() -> None:
    style = (STATIC / STYLES[0]).read_text()
    assert [word for word in ("GDS Transport", "crest", "/assets/") if word in style] == []


def test_a_citizens_page_is_light() -> None:
    scripts = sent("hub.js", "photo.js", "asking.js")
    assert (
        sent(*STYLES, "hub.js", "photo.js", "asking.js", *FONTS) <= 100 * KILO - 12 * KILO
    )  # a page of 12 KB may be added
    assert sent(*STYLES, "hub.js", "photo.js", "asking.js") <= 60 * KILO - 12 * KILO
    assert scripts <= 4 * KILO + sent("photo.js", "asking.js")
    assert sent("photo.js") <= 2 * KILO
    assert sent("asking.js") <= 2 * KILO


def test_the_workspace_is_light() -> None:
    assert sent(*SCRIPTS) <= 25 * KILO
    assert sent(*STYLES, *SCRIPTS, *FONTS) <= 150 * KILO - 40 * KILO


def test_our_script_is_small_and_evaluates_nothing() -> None:
    script = (STATIC / "hub.js").read_text()
    assert len(script.encode()) <= 4 * KILO
    assert sent("keep.js") <= 5 * KILO
    for script in (STATIC / "hub.js").read_text(), (STATIC / "keep.js").read_text():
        assert not re.search(r"\beval\b(?!,)\s*\(|new Function|\.style\b|innerHTML", script)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_needs_a_looser_policy(template: Path) -> None:
    text = template.read_text()
    assert not re.search(
        r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)", text
    ), template


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_way_to_sign_out_asks_about_what_is_unsent(template: Path) -> None:
    for form in re.findall(
        r"<form[^>]*(?:account_logout|sign_out_url)[^>]*>", template.read_text()
    ):
        assert "data-leave" in form, template


@pytest.mark.slow
def test_every_name_in_our_styles_resolves_when_collected(tmp_path: Path) -> None:
    with override_settings(
        STATIC_ROOT=str(tmp_path),
        STORAGES={
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
        },
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    collected = (tmp_path / manifest["ui/hub.css"]).read_text()
    assert [manifest[f"ui/{font}"].rsplit("/", 1)[1] in collected for font in FONTS] == [True, True]
