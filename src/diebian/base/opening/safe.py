"""What a spreadsheet may take for a formula, also in full width. For Python and DuckDB alike."""

LIKE_A_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
