"""What is measured: a folder each, all alike. A new layer is its folder, its module in ``defs`` and one word here."""

from where_is_ai.layers.adoption.layer import ADOPTION
from where_is_ai.layers.compute.layer import COMPUTE
from where_is_ai.layers.employment.layer import EMPLOYMENT
from where_is_ai.layers.funding.layer import FUNDING
from where_is_ai.layers.layer import Layer
from where_is_ai.layers.patents.layer import PATENTS
from where_is_ai.layers.postings.layer import POSTINGS
from where_is_ai.layers.research.layer import RESEARCH
from where_is_ai.layers.visas.layer import VISAS

LAYERS: tuple[Layer, ...] = (EMPLOYMENT, RESEARCH, POSTINGS, ADOPTION, COMPUTE, VISAS, FUNDING, PATENTS)
