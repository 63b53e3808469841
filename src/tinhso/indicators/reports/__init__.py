"""Periodic reports (báo cáo định kỳ): regimes that packs declare, reports that open half written."""
