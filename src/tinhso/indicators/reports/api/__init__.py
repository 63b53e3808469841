"""Reports as partner systems read, write and send them."""
