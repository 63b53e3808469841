"""A sender is killed between the server's answer and its own mark."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from tinhso.notifications import jobs
from tinhso.notifications.models import Mail
from tinhso.notifications.tests.factories import make_mail
from tinhso.notifications.tests.test_posting import Server, serving

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

MAILS = 5
SENDER = "import django; django.setup(); from tinhso.notifications import jobs; jobs.post_mail()"


class DeadlyServer(Server):
    """Takes the third mail and kills whoever sent it before saying so."""

    sender: subprocess.Popen[bytes] | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if self.sender and len(self.taken) == MAILS // 2 + 1:
            self.sender.send_signal(signal.SIGKILL)
            self.sender.wait()
        return answer


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_sender_loses_no_mail_and_doubles_one_at_most(settings: Settings) -> None:
    settings.MAIL_IS_ON = True
    for number in range(MAILS):
        make_mail(f"lan{number}@example.vn")
    server = DeadlyServer()
    with serving(server, settings) as port:
        server.sender = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", SENDER], env=sender_environment(port, settings)
        )
        assert server.sender.wait(timeout=60) == -signal.SIGKILL
        assert Mail.objects.waiting().count() == MAILS - MAILS // 2
        Mail.objects.waiting().update(next_try_at=timezone.now() - timedelta(seconds=1))
        jobs.post_mail()
    assert not Mail.objects.waiting().exists()
    copies = Counter(arrived["Message-ID"] for arrived in server.taken)
    assert len(copies) == MAILS
    assert sorted(copies.values()) == [1] * (MAILS - 1) + [2]


def sender_environment(port: int, settings: Settings) -> dict[str, str]:
    """The same code on the test's database, with the test's mail server."""
    known = connection.settings_dict
    place = f"{known['HOST']}:{known['PORT']}/{known['NAME']}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{known['USER']}:{known['PASSWORD']}@{place}",
        "DJANGO_SETTINGS_MODULE": "tinhso.site.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "TINHSO_SMTP": f"smtp://127.0.0.1:{port}",
        "TINHSO_MAIL_FROM": settings.DEFAULT_FROM_EMAIL,
    }
