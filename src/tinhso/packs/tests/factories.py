"""Plain functions that make packs in a folder, and one kind that remembers what it was told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tinhso.kernel.actors import Actor
from tinhso.packs.kinds import Applied, Change, PackKind, kinds
from tinhso.packs.sources import Case, Problem, Source

HEADER = """\
code: {code}
name: Gói {code}
version: "{version}"
legal_basis:
  - document: Luật Hộ tịch 60/2014/QH13
    article: Điều 13
    verified: {verified}
name_en: Pack {code}
"""
ENTRY = """\
code: {code}
name: {name}
legal_basis:
  - document: Luật Hộ tịch 60/2014/QH13
    article: Điều 16
    verified: false
"""
CASE = """\
kind: probe
entry: {entry}
cases:
  - name: Đặt đúng tên
    given: {{}}
    when: name
    then: {then}
"""


@dataclass
class Probe:
    """A kind of folder entries (`probes/*/probe.yaml`) that writes nothing and remembers calls."""

    applied: list[tuple[str, str]] = field(default_factory=list)
    complaint: str = ""
    unfitting: str = ""
    explodes: bool = False

    def kind(self) -> PackKind:
        return PackKind(
            code="probe",
            name="Mẫu",
            where="probes/*/probe.yaml",
            schema={
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "minLength": 2},
                    "days": {"type": "integer", "minimum": 1},
                    "level": {"enum": ["commune", "province"]},
                },
            },
            check=self.check,
            diff=self.diff,
            apply=self.apply,
            run_case=self.run_case,
            fits=self.fits,
            needs_legal_basis=True,
        )

    def check(self, source: Source) -> list[Problem]:
        return [source.problem("name", found=self.complaint)] if self.complaint else []

    def fits(self, source: Source) -> list[Problem]:
        return [source.problem("name", found=self.unfitting)] if self.unfitting else []

    def diff(self, source: Source) -> list[Change]:
        return [Change("name", None, source.value["name"])]

    def apply(self, source: Source, /, *, at: datetime, actor: Actor) -> Applied:
        del at, actor
        if self.explodes:
            raise RuntimeError(source.code)
        self.applied.append((source.code, source.version))
        return Applied(created=1)

    def run_case(self, source: Source, case: Case) -> list[Problem]:
        found = source.value[case.when]
        return [] if found == case.then else [case.problem("then", found=f"được “{found}”")]


@contextmanager
def only_kinds(*entries: PackKind) -> Iterator[None]:
    """The registry holds these kinds alone."""
    from tinhso.packs import schemas  # noqa: PLC0415  # the cache is keyed by code

    former = dict(kinds._entries)
    kinds._entries.clear()
    schemas._validator.cache_clear()
    for kind in entries:
        kinds.register(kind.code, kind)
    try:
        yield
    finally:
        kinds._entries.clear()
        kinds._entries.update(former)
        schemas._validator.cache_clear()


def write_pack(
    root: Path, code: str = "ho-tich", *, version: str = "1.0", verified: str = "true"
) -> Path:
    """A pack with its header only."""
    folder = root / code
    folder.mkdir(exist_ok=True)
    header = HEADER.format(code=code, version=version, verified=verified)
    folder.joinpath("pack.yaml").write_text(header)
    return folder


def write_entry(folder: Path, code: str = "khai-sinh", *, name: str = "Khai sinh") -> Path:
    """An entry of the probe's kind, with a file beside it."""
    own = folder / "probes" / code
    own.mkdir(parents=True, exist_ok=True)
    own.joinpath("probe.yaml").write_text(ENTRY.format(code=code, name=name))
    own.joinpath("workflow.bpmn").write_text("<definitions/>")
    return own


def write_case(folder: Path, entry: str = "khai-sinh", *, then: str = "Khai sinh") -> None:
    """One example for an entry."""
    folder.joinpath("cases").mkdir(exist_ok=True)
    folder.joinpath("cases/all.yaml").write_text(CASE.format(entry=entry, then=then))
