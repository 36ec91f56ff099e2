"""DMN 1.2 to 1.5: tables, literal and boxed expressions, what they require of each other.

`reading.read_model` takes a file or says of each thing that is outside of the subset where it
stands and why. A `Decision` answers with its value and with which rules fired, so that a figure
opens into the rule. `analysis` looks at a table before anybody is decided about by it: overlaps,
gaps, rules that are never chosen, each with an example; and it says where it could not look.

With `Semantics.STRICT`, the product's, two rules where one may fire, no rule at all, or a value
that is not allowed are incidents. With `STANDARD` they are null, as DMN has it, and the public
suite is run with that: `python -m diebian.base.process.decisions.suite FOLDER`.

From low to high: `refusals`, `document`, `datatypes`, `hitting`, `tables`, `boxed`, `model`,
`reading`, `columns`, `analysis`, `suite`.
"""
