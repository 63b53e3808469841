"""From an official text to its tasks (từ thông báo kết luận đến nhiệm vụ), and the words that say so.

The same text gives the same tasks, always. Nothing is guessed: a field that the text does not state is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tinhso.tasks.notices import clauses, outline
from tinhso.tasks.notices.bodies import Named, bodies_at, meant
from tinhso.tasks.notices.deadlines import (
    Deadline,
    DeadlineKind,
    find_deadline,
    is_only_deadline,
    written_on,
)
from tinhso.tasks.notices.mentions import follower, references
from tinhso.tasks.notices.source import Source, Span, pattern, phrases, words
from tinhso.tasks.notices.together import coordinators


@dataclass(frozen=True, slots=True)
class Task:
    """One task: its words in the text, and what the text says of it. `words` names the spans that gave each field."""

    span: Span
    text: str
    group: str
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    deadline: str | None
    deadline_on: date | None
    deadline_kind: DeadlineKind
    references: tuple[str, ...]
    supervisor: str | None
    words: dict[str, tuple[Span, ...]]

    def as_json(self) -> dict[str, Any]:
        """The task as `./tinhso notice extract --json` prints it."""
        return {
            "text": self.text,
            "group": self.group,
            "lead": list(self.lead),
            "coordinate": list(self.coordinate),
            "deadline": self.deadline,
            "deadline_on": self.deadline_on.isoformat() if self.deadline_on else None,
            "deadline_kind": self.deadline_kind.value,
            "references": list(self.references),
            "supervisor": self.supervisor,
            "start": self.span.start,
            "end": self.span.end,
            "words": {
                name: [{"start": span.start, "end": span.end} for span in spans]
                for name, spans in self.words.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Setting:
    """What a heading gives to the items under it."""

    group: str = ""
    lead: Named | None = None
    coordinate: tuple[Named, ...] = ()
    deadline: Deadline | None = None
    is_ordering: bool = False
    is_telling: bool = False


@dataclass
class _Reader:
    source: Source
    written: date | None
    tasks: list[Task] = field(default_factory=list)
    base: Setting = field(default_factory=Setting)
    stack: list[tuple[str, Setting]] = field(default_factory=list)
    was_listed: bool = False
    named: list[tuple[Named | None, list[Named]]] = field(default_factory=list)
    """Leads and coordinators of the tasks of this item so far: whom "hai đơn vị này" means."""

    def read(self) -> list[Task]:
        paragraphs = outline.paragraphs(self.source)
        for index, paragraph in enumerate(paragraphs):
            follows = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            if self._ends_here(paragraph):
                break
            self._paragraph(paragraph, follows)
        return self.tasks

    def _ends_here(self, paragraph: outline.Paragraph) -> bool:
        return self.source.match(_END, paragraph.body) is not None

    def _paragraph(self, paragraph: outline.Paragraph, follows: outline.Paragraph | None) -> None:
        self._leave(paragraph.mark)
        if paragraph.mark:
            self.named = []
        heading, body = self._parts(paragraph, follows)
        setting = self._setting(paragraph.mark)
        if heading is not None:
            is_lead_in = not paragraph.mark and outline.leads_in(self.source, heading)
            setting = self._headed(heading, setting, is_lead_in=is_lead_in)
            if paragraph.mark:
                self.stack.append((paragraph.mark, setting))
            else:
                self.base, self.stack, self.was_listed = setting, [], False
        if body is not None:
            self._body(body, setting, is_item=bool(paragraph.mark) and heading is None)

    def _setting(self, mark: str) -> Setting:
        """What holds here; after the items of a list, text without a mark orders nothing by its place alone."""
        if self.stack:
            return self.stack[-1][1]
        if mark:
            self.was_listed = True
        elif self.was_listed:
            return Setting(group=self.base.group)
        return self.base

    def _leave(self, mark: str) -> None:
        """An item of a kind that is open closes those below it."""
        kinds = [kind for kind, _ in self.stack]
        if mark and mark in kinds:
            del self.stack[kinds.index(mark) :]

    def _parts(
        self, paragraph: outline.Paragraph, follows: outline.Paragraph | None
    ) -> tuple[Span | None, Span | None]:
        """What of a paragraph heads others, and what is text of its own."""
        source, body = self.source, paragraph.body
        bracket = outline.open_bracket(source, body)
        if bracket is not None and bracket > body.start:
            return source.trimmed(Span(body.start, bracket)), Span(bracket + 1, body.end)
        if source.text[body.end - 1] == ":":
            last = outline.sentences(source, body)[-1]
            before = source.trimmed(Span(body.start, last.start))
            return Span(last.start, body.end - 1), before if len(before) else None
        titled = source.match(_TITLE_COLON, body) if paragraph.mark else None
        if titled:
            at = source.span(titled).end
            return Span(body.start, at), source.trimmed(Span(at, body.end), strip=" :\n\t\xa0")
        is_short = len(body) < _SHORT and source.text[body.end - 1] not in ".;!?…/"
        if is_short and paragraph.mark and follows and follows.mark != paragraph.mark:
            return body, None
        if is_short and source.of(body).isupper():
            return body, None
        return None, body

    def _headed(self, heading: Span, outer: Setting, *, is_lead_in: bool) -> Setting:
        """What a heading gives; a sentence that only leads into the list ("…kết luận như sau:") names no group."""
        source = self.source
        lead = clauses.lead_of_heading(source, heading)
        is_only_bodies = lead is not None and len(lead.words) > 0.6 * len(heading)
        title = " ".join(source.of(heading).split()).strip(" :(*")
        ordering = source.search(_ORDERING, heading) is not None
        telling = outer.is_telling or (
            source.search(_TELLING, heading) is not None and not ordering
        )
        return Setting(
            group=outer.group if is_only_bodies or is_lead_in else title,
            lead=lead,
            coordinate=tuple(coordinators(source, heading)),
            deadline=find_deadline(
                source, heading, written=self.written, taken=references(source, heading)
            ),
            is_ordering=(ordering or outer.is_ordering) and not telling,
            is_telling=telling,
        )

    def _body(self, body: Span, setting: Setting, *, is_item: bool) -> None:
        """The sentences of a paragraph; a lead with a colon holds until another is named."""
        local, since = setting, body.start
        for sentence in outline.sentences(self.source, body):
            if self._about_others(sentence, since=since):
                continue
            ordered, local = self._led_part(sentence, local)
            made = self._sentence(ordered, local)
            if made and not setting.is_telling:
                local = replace(local, is_ordering=True)
            if made and is_item and made[-1].lead and local.lead is None:
                local = replace(local, lead=Named(made[-1].lead, made[-1].words["lead"][0]))

    def _led_part(self, sentence: Span, local: Setting) -> tuple[Span, Setting]:
        """The sentence after who speaks it and whom it names before a colon."""
        spoken = self.source.match(_SPEAKER, sentence)
        if spoken:
            sentence = Span(self.source.span(spoken).end, sentence.end)
        titled = self.source.match(_LED_PART, sentence)
        named = (
            clauses.lead_of_heading(self.source, self.source.span(titled, "head"))
            if titled
            else None
        )
        if titled is None or named is None or self._goes_on(sentence, self.source.span(titled)):
            return sentence, local
        rest = Span(self.source.span(titled).end, sentence.end)
        return rest, replace(local, lead=named, coordinate=(), deadline=None)

    def _goes_on(self, sentence: Span, head: Span) -> bool:
        """As in "Các Sở: Y tế, Xây dựng công khai …": the colon stands within the list of bodies."""
        start = clauses.after_request(self.source, sentence)
        named = bodies_at(self.source, Span(start, sentence.end))
        return named is not None and named.words.end > head.end

    def _sentence(self, sentence: Span, setting: Setting) -> list[Task]:
        made: list[Task] = []
        if self.source.of(sentence).isupper():
            return made  # a title
        for clause in clauses.split(self.source, sentence):
            in_orders = (setting.is_ordering and not setting.is_telling) or bool(made)
            found = clauses.order(self.source, clause, in_orders=in_orders)
            if found is None:
                continue
            inherited = setting
            if made and made[-1].lead and found.lead is None:
                inherited = replace(setting, lead=Named(made[-1].lead, made[-1].words["lead"][0]))
            made.append(self.task(found, inherited))
        made = self._share_deadline(made)
        self.tasks.extend(made)
        return made

    def task(self, found: clauses.Order, setting: Setting) -> Task:
        """What the order says by its own words; the rest as the setting gives it."""
        source = self.source
        span = source.trimmed(found.words, strip=" \t\r\n\xa0,;./")
        named = references(source, span)
        deadline = (
            find_deadline(source, span, written=self.written, taken=named) or setting.deadline
        )
        lead = self._meant(found.lead or setting.lead, setting)
        together = coordinators(source, span) or list(setting.coordinate)
        together = [one for each in together if (one := self._meant(each, setting))]
        together = [one for one in together if lead is None or one.words != lead.words]
        self.named.append((lead, together))
        given: dict[str, tuple[Span, ...]] = {"order": (found.because,)}
        if lead:
            given["lead"] = (lead.words,)
        if together:
            given["coordinate"] = tuple(one.words for one in together)
        if deadline:
            given["deadline"] = (deadline.words,)
        if named:
            given["references"] = tuple(named)
        return Task(
            span=span,
            text=source.of(span),
            group=setting.group,
            lead=lead.names if lead else (),
            coordinate=tuple(dict.fromkeys(name for one in together for name in one.names)),
            deadline=source.of(deadline.words) if deadline else None,
            deadline_on=deadline.on if deadline else None,
            deadline_kind=deadline.kind if deadline else DeadlineKind.NONE,
            references=tuple(" ".join(source.of(one).split()) for one in named),
            supervisor=None,
            words=given,
        )

    def _meant(self, said: Named | None, setting: Setting) -> Named | None:
        before = [*reversed(self.named), (setting.lead, list(setting.coordinate))]
        return meant(said, before)

    @staticmethod
    def _share_deadline(made: list[Task]) -> list[Task]:
        """A deadline that ends a sentence, or opens it, holds for all that the sentence orders."""
        if not made:
            return made
        first, last = made[0], made[-1]
        opens = first.deadline and first.words["deadline"][0].start - first.span.start < _OPENING
        given = last if last.deadline else first if opens else None
        return (
            made
            if given is None
            else [one if one.deadline else _due_as(one, given) for one in made]
        )

    def _about_others(self, sentence: Span, *, since: int) -> bool:
        """A sentence about what was said before it: who follows it, by when all of it is done."""
        source = self.source
        who = follower(source, sentence)
        if who and self.tasks:
            self._followed_by(who, all_of_group=source.search(_SEVERAL, sentence) is not None)
            return True
        if is_only_deadline(source, sentence) and self.tasks:
            deadline = find_deadline(source, sentence, written=self.written, taken=[])
            if deadline:
                self._hold_for_group(deadline, since=since)
            return True
        if source.match(_ALL_ABOVE, sentence) and self.tasks:
            deadline = find_deadline(source, sentence, written=self.written, taken=[])
            if deadline:
                self._hold_for_group(deadline)
                return True
        return False

    def _followed_by(self, who: Span, *, all_of_group: bool) -> None:
        """The person follows the last task, or ("các nội dung trên") every task of its group."""
        group = self.tasks[-1].group
        name = " ".join(self.source.of(who).split())
        for index, task in enumerate(self.tasks):
            if index == len(self.tasks) - 1 or (all_of_group and task.group == group):
                words_ = task.words | {"supervisor": (who,)}
                self.tasks[index] = replace(task, supervisor=name, words=words_)

    def _hold_for_group(self, deadline: Deadline, *, since: int = 0) -> None:
        """For tasks of the last group without a deadline, of those after that place if there are."""
        group = self.tasks[-1].group
        since = since if self.tasks[-1].span.start >= since else 0
        for index, task in enumerate(self.tasks):
            if task.group == group and task.deadline is None and task.span.start >= since:
                words_ = task.words | {"deadline": (deadline.words,)}
                due = self.source.of(deadline.words)
                self.tasks[index] = replace(
                    task,
                    deadline=due,
                    deadline_on=deadline.on,
                    deadline_kind=deadline.kind,
                    words=words_,
                )


def _due_as(task: Task, other: Task) -> Task:
    return replace(
        task,
        deadline=other.deadline,
        deadline_on=other.deadline_on,
        deadline_kind=other.deadline_kind,
        words=task.words | {"deadline": other.words["deadline"]},
    )


_SHORT = 160
_OPENING = 60
_ORDERING = pattern(
    words(
        *phrases(
            """
    nhiệm vụ | giải pháp | yêu cầu | đề nghị | chỉ đạo như sau | kết luận như sau | kết luận |
    nội dung sau | trọng tâm sau | tổ chức thực hiện | thời gian tới | phân công | giao | thực
    hiện các nội dung | kiến nghị | chỉ đạo | tập trung
    """
        )
    )
)
_TELLING = pattern(
    words(
        *phrases(
            """
    kết quả | đánh giá | ưu điểm | hạn chế | tồn tại | khó khăn | nguyên nhân | tình hình |
    vướng mắc | thành phần | mặt được | nhận xét
    """
        )
    )
)
_END = pattern(
    r"(?:nơi\s+nhận|tin\s+liên\s+quan|tin\s+cùng|xem\s+tin|trên\s+đây\s+là\b|(?:tl|kt|tm|tuq)\.\s|chánh\s+văn\s+phòng\s*$)"
)
_LED_PART = pattern(r"(?P<head>(?:giao\s+|yêu\s+cầu\s+|đề\s+nghị\s+)?[^:;.()]{4,150}?):\s+(?=\S)")
_SEVERAL = pattern(r"(?:các|những)\s+(?:nội\s+dung|nhiệm\s+vụ|việc|vấn\s+đề|công\s+việc)")
_SPEAKER = pattern(r"(?:ông|bà|đồng\s+chí)\s+[^:;.()]{4,150}:\s+(?=\S)")
_TITLE_COLON = pattern(r"(?:về|công\s+tác|đối\s+với)\s+[^:;.()]{3,120}?(?=:\s)")
_ALL_ABOVE = pattern(
    r"(?:tất\s+cả\s+)?(?:các|những)\s+(?:nội\s+dung|nhiệm\s+vụ|công\s+việc)\s+(?:nêu\s+)?trên\b"
)


def extract(text: str, *, written: date | None = None) -> list[Task]:
    """The tasks of a text, in the order in which they stand.

    Praise, results and difficulties are not tasks. Dates without a year are of the year in which
    the text was written, as far as it says so, unless somebody told the day.
    """
    source = Source(text)
    return _Reader(source, written or written_on(source)).read()


def read_part(text: str, start: int, end: int, *, written: date | None) -> Task:
    """What a part of a text orders, by its own words alone: for what a reviewer cut or chose."""
    source = Source(text)
    span = Span(start, end)
    found = clauses.order(source, span, in_orders=True)
    because = found.because if found else span
    lead = found.lead if found else None
    return _Reader(source, written or written_on(source)).task(
        clauses.Order(span, lead, because), Setting()
    )
