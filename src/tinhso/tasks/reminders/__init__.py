"""Reminders (nhắc việc): rules of packs, who is told, the mail of a day."""
