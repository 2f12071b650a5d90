"""The job board systems that are read, by name: the one list of them."""

from where_is_ai.layers.postings.systems import (
    ashby,
    greenhouse,
    lever,
    personio,
    recruitee,
    smartrecruiters,
    workable,
    workday,
)
from where_is_ai.layers.postings.systems.system import Posted as Posted
from where_is_ai.layers.postings.systems.system import System as System
from where_is_ai.layers.postings.systems.system import address_of as address_of

_SYSTEMS = (
    greenhouse.SYSTEM,
    lever.SYSTEM,
    lever.SYSTEM_OF_EU,
    ashby.SYSTEM,
    workday.SYSTEM,
    smartrecruiters.SYSTEM,
    workable.SYSTEM,
    recruitee.SYSTEM,
    personio.SYSTEM,
)
SYSTEMS: dict[str, System] = {system.name: system for system in _SYSTEMS}
