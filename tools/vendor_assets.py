#!/usr/bin/env python3
"""Fetch the front-end assets that we ship, and prove that they are unchanged.

    tools/vendor_assets.py update   fetch what assets.json pins and write assets.lock.json
    tools/vendor_assets.py check    offline: every shipped file is in the lock, unchanged

Nothing is built: files are copied, with the literal replacements that assets.json lists. Each
package is compared with the digest that its registry publishes before anything is taken out of it.
`update` needs npm, apt-get and dpkg-deb.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

TOOLS = Path(__file__).resolve().parent
PINNED = TOOLS / "assets.json"
LOCK = TOOLS / "assets.lock.json"
UI = TOOLS.parent / "src" / "tinhso" / "ui"
SHIPPED = ("static/ui/vendor", "fonts")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _run(*command: str, folder: Path) -> str:
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def _from_npm(name: str, version: str, folder: Path) -> tuple[str, dict[str, bytes]]:
    spec = f"{name}@{version}"
    published = _run("npm", "view", spec, "dist.integrity", folder=folder)
    _run("npm", "pack", "--silent", spec, "--pack-destination", str(folder), folder=folder)
    package = next(folder.glob("*.tgz"))
    digest = "sha512-" + base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if digest != published:
        sys.exit(f"{spec}: the package has {digest}, the registry says {published}")
    with tarfile.open(package) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        contents = {member.name.split("/", 1)[1]: archive.extractfile(member) for member in members}
        return digest, {path: stream.read() for path, stream in contents.items() if stream}


def _from_debian(name: str, version: str, folder: Path) -> tuple[str, dict[str, bytes]]:
    record = _run("apt-cache", "show", f"{name}={version}", folder=folder)
    published = next(line.split()[1] for line in record.splitlines() if line.startswith("SHA256:"))
    _run("apt-get", "download", "-q", f"{name}={version}", folder=folder)
    package = next(folder.glob("*.deb"))
    if _sha256(package.read_bytes()) != published:
        sys.exit(f"{name}={version}: the package is not the one whose digest the archive publishes")
    tree = folder / "tree"
    _run("dpkg-deb", "-x", str(package), str(tree), folder=folder)
    files = [path for path in tree.rglob("*") if path.is_file()]
    return f"sha256:{published}", {
        path.relative_to(tree).as_posix(): path.read_bytes() for path in files
    }


ORIGINS = {"npm": _from_npm, "debian": _from_debian}


def _changed(content: bytes, name: str, path: str, pinned: dict[str, Any]) -> bytes:
    for old, new in pinned.get("replace", {}).get(path, []):
        if old.encode() not in content:
            sys.exit(f"{name} {path}: the text to replace is gone: {old[:50]!r}")
        content = content.replace(old.encode(), new.encode())
    for text in pinned.get("forbidden", []):
        if text.encode() in content:
            sys.exit(f"{name} {path}: still holds {text!r}")
    return content


def update() -> None:
    """Fetch every pinned package, copy the listed files and write the lock."""
    lock: dict[str, Any] = {}
    for name, pinned in json.loads(PINNED.read_text()).items():
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)  # apt-get downloads as its own user
            digest, contents = ORIGINS[pinned["origin"]](name, pinned["version"], Path(folder))
        shipped = {
            target: (source, _changed(contents[source], name, source, pinned))
            for source, target in pinned["files"].items()
        }
        for target, lines in pinned.get("notice", {}).items():
            shipped[target] = ("notice in assets.json", ("\n".join(lines) + "\n").encode())
        files = {}
        for target, (source, content) in shipped.items():
            path = UI / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            files[target] = {"from": source, "sha256": _sha256(content), "bytes": len(content)}
        kept = {key: pinned[key] for key in ("origin", "version", "licence")}
        lock[name] = {**kept, "integrity": digest, "files": files}
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


def faults() -> list[str]:
    """What differs between the lock and the files shipped; reads nothing but this tree."""
    listed = {
        target: entry
        for package in json.loads(LOCK.read_text()).values()
        for target, entry in package["files"].items()
    }
    found = {
        path.relative_to(UI).as_posix()
        for folder in SHIPPED
        for path in (UI / folder).rglob("*")
        if path.is_file()
    }
    wrong = [
        f"changed: {target}"
        for target in sorted(found & listed.keys())
        if _sha256((UI / target).read_bytes()) != listed[target]["sha256"]
    ]
    missing = [f"missing: {target}" for target in sorted(listed.keys() - found)]
    return (
        wrong + missing + [f"not in the lock: {target}" for target in sorted(found - listed.keys())]
    )


def check() -> None:
    """Exit with the list of faults, or say that there is none."""
    if found := faults():
        sys.exit("\n".join(found))
    sys.stdout.write("The shipped assets are those of the lock.\n")


if __name__ == "__main__":
    {"update": update, "check": check}[sys.argv[1]]()
