"""定义: a drawing (BPMN 2.0) is read, looked at whole, and becomes a version for ever.

Reading is pure: `reading` turns a file into a `Drawing` or names everything that is wrong with it.
Whatever is not in `subset` is refused with its line; nothing is passed over in silence.
"""
