"""Where the source map stands in the menus of officers and of citizens."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.ui import navigation


def register() -> None:
    """Tell the layout; both entries are open to everybody."""
    navigation.register(
        navigation.NavigationEntry(
            code="sourcemap",
            group=_("Hệ thống"),
            label=_("Bản đồ nguồn"),
            url_name="sourcemap:overview",
            order=890,
        )
    )
    navigation.register(
        navigation.NavigationEntry(
            code="sourcemap.portal",
            group=navigation.FOOTER,
            label=_("Bản đồ nguồn"),
            url_name="sourcemap:overview",
            audience="portal",
            order=90,
        )
    )
