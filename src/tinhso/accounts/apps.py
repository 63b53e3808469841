"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Tài khoản."""

    name = "tinhso.accounts"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        """Declare permissions, kinds of event and what packs may hold."""
        from tinhso.accounts.events import ALL  # noqa: PLC0415
        from tinhso.accounts.moving import PEOPLE  # noqa: PLC0415
        from tinhso.accounts.naming import partners_by_key, users_by_key, users_named  # noqa: PLC0415
        from tinhso.accounts.navigation import ENTRIES  # noqa: PLC0415
        from tinhso.accounts.pack import ROLES  # noqa: PLC0415
        from tinhso.accounts.permissions import WORDS, AccountPermission  # noqa: PLC0415
        from tinhso.agencies import work_in_hand  # noqa: PLC0415
        from tinhso.events import kinds, naming  # noqa: PLC0415
        from tinhso.kernel import permissions  # noqa: PLC0415
        from tinhso.packs import kinds as pack_kinds  # noqa: PLC0415
        from tinhso.ui import navigation, shell  # noqa: PLC0415

        permissions.declare(AccountPermission, WORDS)
        kinds.declare(*ALL)
        pack_kinds.register(ROLES)
        naming.register("user", users_by_key)
        naming.register("partner", partners_by_key)
        naming.namesakes.register("user", users_named)
        shell.declare_accounts(shell.AccountLinks(own_page="accounts:mine"))
        for entry in ENTRIES:
            navigation.register(entry)
        work_in_hand.register(PEOPLE)
