"""Reports as papers (NĐ 30/2020/NĐ-CP) and spreadsheets."""
