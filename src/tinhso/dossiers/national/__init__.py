"""Telling the national portal how dossiers stand (đồng bộ trạng thái hồ sơ lên Cổng Dịch vụ công quốc gia).

    events -> `reading` writes a `NationalMessage` each -> `queue` hands them out in order -> `wording` builds what is
    said from the record -> `adapter` speaks -> `queue` notes how it ended

The message that speaks of a dossier is built when it is sent, so the queue holds no personal data; messages of one
dossier go out in their order, and one that cannot be sent holds back the later ones of that dossier alone.
"""


def register() -> None:
    """The worker reads and sends; the health page counts what waits."""
    from tinhso.dossiers.national import health, jobs  # noqa: PLC0415  (models are not loaded yet)
    from tinhso.kernel import health as checks  # noqa: PLC0415
    from tinhso.kernel import loops  # noqa: PLC0415

    loops.register(jobs.READ)
    loops.register(jobs.SEND)
    checks.register(health.UNSENT)
