"""What granian serves: the application, and beside it what figures need, loaded before the first leader asks."""

from threading import Thread

from tinhso.site.wsgi import application

__all__ = ["application"]


def _warm() -> None:
    from tinhso.warehouse.engines import engine  # noqa: PLC0415  (seconds of loading: not while others wait)

    engine()


Thread(target=_warm, name="warming", daemon=True).start()
