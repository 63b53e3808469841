"""`packs check | diff | apply | cases`: work with packs at the terminal."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tinhso.kernel.actors import SystemActor
from tinhso.kernel.errors import DomainError
from tinhso.packs import cases, queries, services
from tinhso.packs.errors import PacksInvalid
from tinhso.packs.loading import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.packs.loading import Book
    from tinhso.packs.sources import LegalArticle, Problem

_STATES = {"new": "mới", "changed": "khác", "unchanged": "giữ nguyên"}


class Command(BaseCommand):
    """Check, compare, apply packs and run their examples (gói nghiệp vụ)."""

    help = "Gói nghiệp vụ: kiểm tra, so sánh, áp dụng, chạy ca thử."
    requires_system_checks = ()  # `check` and `cases` work without a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="VIỆC")
        for name, words in (
            ("check", "kiểm tra, không cần cơ sở dữ liệu"),
            ("diff", "so với nội dung đang có hiệu lực"),
            ("apply", "áp dụng, tất cả hoặc không gì"),
            ("cases", "chạy các ca thử"),
        ):
            act = acts.add_parser(name, help=words)
            act.add_argument(
                "path",
                nargs="?",
                type=Path,
                default=settings.PROJECT / "packs",
                metavar="THƯ_MỤC",
                help="các gói; không có thì là packs của dự án",
            )
            act.add_argument(
                "--json", action="store_true", dest="as_json", help="in kết quả dạng JSON"
            )
            if name == "apply":
                act.add_argument(
                    "--at",
                    type=datetime.fromisoformat,
                    metavar="LÚC",
                    help="thời điểm, có múi giờ",
                )

    def handle(self, *_: Any, act: str, path: Path, as_json: bool, **options: Any) -> None:
        """Do the act named first; end with status 1 when anything was refused."""
        book = load(path)
        if act == "check" or book.problems:
            self._check(book, as_json=as_json)
        elif act == "diff":
            self._diff(book, as_json=as_json)
        elif act == "apply":
            self._apply(book, options["at"] or timezone.now(), as_json=as_json)
        else:
            self._cases(book, as_json=as_json)

    def _check(self, book: Book, *, as_json: bool) -> None:
        counted = {
            "packs": len(book.packs),
            "entries": sum(len(pack.sources) for pack in book.packs),
            "cases": sum(len(source.cases) for pack in book.packs for source in pack.sources),
        }
        problems = [_problem(each) for each in book.problems]
        unverified = [_article(each) for each in book.unverified]
        if as_json:
            self._print_json({**counted, "problems": problems, "unverified": unverified})
        else:
            for article in book.unverified:
                place = f"{article.file}:{article.position.line}"
                self.stdout.write(f"{place}: căn cứ chưa đối chiếu: {article}")
            for problem in book.problems:  # last, where whoever calls it looks
                self.stdout.write(str(problem))
            words = "{packs} gói, {entries} mục, {cases} ca thử".format(**counted)
            self.stdout.write(f"{words}, {len(unverified)} căn cứ chưa đối chiếu.")
        self._end_unless(not problems, f"Có {len(problems)} lỗi.", as_json=as_json)

    def _diff(self, book: Book, *, as_json: bool) -> None:
        found = queries.differences(book)
        if as_json:
            self._print_json([_difference(each) for each in found])
            return
        for each in found:
            source = each.source
            state = _STATES[each.state]
            self.stdout.write(f"{source.kind} {source.code} {source.version}: {state}")
            for change in each.changes:
                before, after = change.before or "(không có)", change.after or "(bỏ)"
                self.stdout.write(f"    {change.where}: {before} → {after}")

    def _apply(self, book: Book, at: datetime, *, as_json: bool) -> None:
        if timezone.is_naive(at):
            raise CommandError("--at cần múi giờ, ví dụ 2025-06-30T08:00:00+07:00")
        try:
            done = services.apply(book, actor=SystemActor("packs"), at=at)
        except PacksInvalid as refusal:
            self._tell(refusal.problems, as_json=as_json)
            self._end_unless(False, str(refusal), as_json=as_json)
            return
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if as_json:
            self._print_json([_applied(each) for each in done])
            return
        for each in done:
            self.stdout.write(f"{each.version}: {len(each.entries)} mục")
            for entry in each.entries:
                source = entry.source
                self.stdout.write(f"    {source.kind} {source.code} {source.version}")
        self.stdout.write(f"Đã áp dụng {len(done)} gói." if done else "Không có gì mới.")

    def _tell(self, problems: Sequence[Problem], *, as_json: bool) -> None:
        if as_json:
            self._print_json({"problems": [_problem(each) for each in problems]})
            return
        for each in problems:
            self.stdout.write(str(each))

    def _cases(self, book: Book, *, as_json: bool) -> None:
        results = cases.run(book)
        failed = [each for each in results if not each.has_passed]
        if as_json:
            problems = [_problem(problem) for each in failed for problem in each.problems]
            self._print_json({"run": len(results), "failed": len(failed), "problems": problems})
        else:
            for each in failed:
                for problem in each.problems:
                    self.stdout.write(f"{problem} ({each.case.name})")
            self.stdout.write(f"{len(results)} ca thử, {len(failed)} không đạt.")
        self._end_unless(not failed, f"{len(failed)} ca thử không đạt.", as_json=as_json)

    def _print_json(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))

    def _end_unless(self, is_good: bool, words: str, *, as_json: bool) -> None:
        if is_good:
            return
        if as_json:
            raise SystemExit(1)
        raise CommandError(words)


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.position.line,
        "column": problem.position.column,
        "found": problem.found,
        "expected": problem.expected,
    }


def _article(article: LegalArticle) -> dict[str, Any]:
    return {"file": article.file, "line": article.position.line, "article": str(article)}


def _difference(each: queries.EntryDifference) -> dict[str, Any]:
    source = each.source
    return {
        "pack": source.pack.code,
        "kind": source.kind,
        "code": source.code,
        "version": source.version,
        "state": each.state,
        "changes": [vars(change) for change in each.changes],
    }


def _applied(each: services.AppliedPack) -> dict[str, Any]:
    return {
        "pack": each.version.pack,
        "version": each.version.version,
        "entries": [
            {"kind": entry.source.kind, "code": entry.source.code, **vars(entry.applied)}
            for entry in each.entries
        ],
    }
