"""What can happen in accounts; the only writer. One module per noun."""
