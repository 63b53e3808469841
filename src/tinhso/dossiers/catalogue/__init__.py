"""The national catalogue of procedures (danh mục thủ tục hành chính): read, keep, find."""
