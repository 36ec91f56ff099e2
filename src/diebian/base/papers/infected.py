"""The signature by which it is tried whether a scanner looks at all (EICAR). A real scanner of the
city's own belongs before the platform; this says that nothing passes unseen.
"""

from .refusals import PaperInfected

# In two parts: in one, this very file would be one that scanners take away.
SIGNATURE = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"


def refuse_infected(content: bytes) -> None:
    if SIGNATURE in content:
        raise PaperInfected
