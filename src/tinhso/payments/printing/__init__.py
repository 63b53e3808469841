"""The receipt as paper."""
