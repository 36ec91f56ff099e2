"""运行: rows are the state. One step is one transaction that holds the row of one case.

A step loads the case (`rows`), changes it in memory (`step`, `moves`), and writes the difference
with its log, its jobs and one line of the trail. What calls outside is a job: never inside a step.
"""
