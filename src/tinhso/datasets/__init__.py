"""Bộ dữ liệu dùng chung: data sets that agencies deliver by period, checked line by line."""
