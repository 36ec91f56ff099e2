"""办理: what a step left to be done, by workers (`leasing`, `carrying`) and by people (`lists`,
`desk`)."""
