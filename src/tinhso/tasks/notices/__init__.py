"""Thông báo kết luận: a grammar that finds the tasks of an official text. No table, no model, no clock."""
