"""FEEL, the language of decision tables and of conditions: text → tree → closure.

`expression.read` is the way in. What is outside of the subset is refused at reading with its
position and a sentence; nothing is passed over. A name that the data does not hold is `Unknown`,
which is an incident and never null; what is known to be empty is null and goes on by three-valued
logic. `Semantics.STRICT` is the product's: a sum of a number and a text is `Mistaken`.
`Semantics.STANDARD` answers null there, as the standard says; the public suite is run with it.

Pure: no clock, no database, no file. `now()` and `today()` are refused: whoever decides hands the
day in, so that the decision can be repeated from what was kept.

From low to high: `refusals`, `values`, `temporal`, `operations`, `tree`, `scanning`, `reading`,
`printing`, `naming`, `functions`, `compiling`, `expression`.
"""
