"""图: a drawing and where a case stands in it, drawn, and in words for who reads no pictures."""
