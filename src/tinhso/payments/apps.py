"""Registration of the app with the apps below it."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Thu phí, lệ phí."""

    name = "tinhso.payments"
    verbose_name = "Thu phí, lệ phí"

    def ready(self) -> None:
        """Declare verbs, kinds of event, rows that never change, menu, what a reform moves, papers."""
        from tinhso.agencies import work_in_hand  # noqa: PLC0415
        from tinhso.events import kinds, naming, wording  # noqa: PLC0415
        from tinhso.kernel import database, permissions  # noqa: PLC0415
        from tinhso.payments import events  # noqa: PLC0415
        from tinhso.payments.menu import ENTRIES  # noqa: PLC0415
        from tinhso.payments.models import Method  # noqa: PLC0415
        from tinhso.payments.naming import subjects_called  # noqa: PLC0415
        from tinhso.payments.permissions import WORDS, PaymentPermission  # noqa: PLC0415
        from tinhso.payments.printing import receipts  # noqa: PLC0415
        from tinhso.payments.services.moving import OWED  # noqa: PLC0415
        from tinhso.ui import navigation, verifying  # noqa: PLC0415

        permissions.declare(PaymentPermission, WORDS)
        kinds.declare(*events.ALL)
        naming.subjects.register("payments", subjects_called)
        wording.register("payments", "method", dict(Method.choices))
        for table in APPEND_ONLY:
            database.declare_append_only(f"payments_{table}")
        for entry in ENTRIES:
            navigation.register(entry)
        work_in_hand.register(OWED)
        verifying.register(receipts.KIND, receipts.told)


APPEND_ONLY = (
    "accountproposal",
    "chargewithdrawal",
    "paymentcancellation",
    "paymentline",
)
"""Receipts and charges are locked when they are judged (`SELECT … FOR UPDATE` takes the right to update)."""
