"""Kiểm tra: plans, teams, checklists, visits, minutes, findings, remedies."""
