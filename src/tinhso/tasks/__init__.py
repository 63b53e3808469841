"""Nhiệm vụ: conclusion notices read into tasks with lead, deadline and the sentence that they come from."""
