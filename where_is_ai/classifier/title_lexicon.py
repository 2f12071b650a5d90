"""The words by which titles are told apart: phrases of the field and of the trades, no employer, no posting.

No single word decides: "agent", "neural", "generative", "model" and "alignment" count in the field's phrases only,
and a business word ("sales", "legal", "assistant") says what a role does only as its head noun. Patterns ignore case,
except what stands in ``(?-i:...)``.
"""

from where_is_ai.classifier.lexicon import any_of

FIELD = any_of(
    r"\b(?-i:AI|ML|LLM|VLM|VLA|NLP|GenAI|MLOps|LLMOps|AIML|MLE)s?\b",
    r"\bgen ?ai\b",
    r"\bml ?ops\b",
    r"\bmachine[- ]learning\b",
    r"\bdeep[- ]learning\b",
    r"\bartificial intell",
    r"\bapplied (?:research )?scien",
    r"\b(?:computer|machine) vision\b",
    r"\bnatural language (?:processing|understanding|generation)\b",
    r"\bgenerative (?:ai|models?|modell?ing|media|video|vision)\b",
    r"\breinforcement learn",
    r"\b(?:pre|post)-?training\b",
    r"\bfine-?tuning\b",
    r"\bprompt (?:engineer|design)",
    r"\b(?:large |small )?(?:language|foundation|world|frontier|diffusion) models?\b",
    r"\bmodel (?:training|serving|optimi[sz]\w+|lifecycle|evaluations?|inference|behaviou?rs?|performance|"
    r"deployment|runtime|compression)\b",
    r"\brobot learning\b",
    r"\bneural (?:net\w*|render\w*|machine translation|speech|search|architecture|compression|retrieval)\b",
    r"\bagentic\b",
    r"\b(?:ai|llm|autonomous|conversational|voice|language) agents?\b",
    r"\bconversational ai\b",
    r"\brecommend(?:er|ation)s? (?:system|engine|model|algorithm|ml)",
    r"\bspeech (?:recognition|synthesis)\b",
    r"\b(?:llm|model|ai) evals?\b",
    r"\bsemantic search\b",
    r"\bcognitive computing\b",
)
"""Names of the field."""

BUILDS_FIELD = any_of(
    rf"(?:{FIELD.pattern})[\w/&+ -]{{0,24}}?\b(?:engineer|scientist|researcher|developer|architect|programmer|"
    r"research|scien|compiler|platform|infra|professor|fellow)",
    rf"\b(?:engineer|scientist|researcher|developer|architect|programmer|technical staff|professor|faculty|fellow|"
    rf"post-?doc\w*|research (?:assistant|associate|intern))\b[\w/&+,.:() –-]{{0,40}}?(?:{FIELD.pattern})",
    r"\bapplied (?:research )?scientist",
)
"""Somebody who builds, beside a name of the field: "ML Engineer, Tax" as well as "Engineer, Legal AI"."""

LEADS_FIELD = any_of(
    rf"\b(?:head|director|vp|vice president|chief|manager|lead|principal)\b[\w ,/&-]{{0,20}}?(?:{FIELD.pattern})",
    rf"(?:{FIELD.pattern})[\w ,/&-]{{0,20}}?\b(?:head|director|lead|manager|chief)\b",
)

FIELD_BESIDE_BUILDER = any_of(
    r"\b(?:engineer|scientist|researcher|technical staff|developer)\b.*\b(?:agents|inference|perception|alignment|"
    r"interpretability|evals|evaluations|embeddings|ranking|relevance|recommendations?|personali[sz]ation|prediction|"
    r"multi-?modal|speech|vision|autonomy|forecasting|training (?:infra\w*|data)|search quality|algorithms?|"
    r"robotics|simulation agents|safeguards|reasoning|code ?gen\w*|intelligence)\b",
    r"\b(?:agents?|inference|perception|alignment|interpretability|embeddings?|ranking|relevance|recommendations?|"
    r"personali[sz]ation|prediction|multi-?modal|speech|vision|autonomy|algorithms?)"
    r"(?: [\w&/-]+){0,2} (?:engineer|scientist|researcher|developer)\b",
    r"\b(?:cuda|triton|gpu)\b.*\b(?:kernel|engineer)",
)
"""Fields that are often, not always, work on models, beside somebody who builds; the text has to say more."""

RESEARCH = any_of(r"\bresearch(?:er| scientist| engineer)\b", r"\bmember of technical staff\b")
"""Somebody who does research, in whatever field."""

DATA_SCIENCE = any_of(r"\bdata scien", r"\bdecision scien")

ANALYTICS = any_of(
    r"\b(?:analytics|analysts?|decisions?|growth|insights|experimentation|reporting|statistician|biostatistic\w*|"
    r"economist|actuar\w+)\b",
    r"\bbusiness intell",
)

TRADES = any_of(
    r"\b(?:sales|pre-?sales|support|field|partner) (?:engineer|architect)s?\b",
    r"\b(?:sales|account|business development|partnerships?|customer (?:success|support|service|experience)|support|"
    r"solutions?|pre-?sales|field|marketing|communications|brand|community|events?|recruit\w*|talent|policy|legal|"
    r"compliance|tax|audit\w*|financ\w+|accounting|procurement|operations|office|program|project|product|content|"
    r"training|data entry|governance|ethics) (?:(?!ai |ml |llm )\w+ )?(?:executive|manager|director|lead|head|"
    r"associate|representative|coordinator|specialist|analyst|assistant|agent|officer|partner|strategist|designer|writer|"
    r"consultant|counsel|trainer|administrator|advisor)s?\b",
    r"\b(?:recruiter|sourcer|counsel|attorney|paralegal|lawyer|accountant|auditor|controller|bookkeeper|annotator|"
    r"label(?:l?er|ling)|annotation|tutor|trainer|rater|linguist|writer|copywriter|editor|instructor|moderator|designer|"
    r"producer|technician|technologist|mechanic|machinist|inspector|operator|nurse|teacher|therapist|physician|clerk|"
    r"driver|cashier|advocate|evangelist|transcri\w+|translator|coordinator|receptionist|secretary|dispatcher|"
    r"investigator|officer|guard|planner|buyer|merchandiser|modell?ing agency)\b",
    r"\b(?:special|border patrol|front desk|gate|ramp|travel|insurance|leasing|real estate|call center|sales|"
    r"reservations?|passenger service|purchasing|collections|freight|talent|claims) agents?\b",
)
"""Head nouns of other trades; beside a name of the field they say that it is sold, staffed or labelled for."""

OTHER_ENGINEERING = any_of(
    r"\b(?:onboard|fleet|billing|payments?|android|ios|frontend|full[- ]?stack|web|embedded|firmware|controls|hardware|"
    r"electrical|mechanical|power|avionics|rf|it|database|storage|network|middleware|telemetry|identity|civil|"
    r"chemical|structural|nuclear|industrial|manufacturing|process|quality|test|privacy|integrations?|desktop|mobile|"
    r"build|observability|compute|silicon|verification|devops|sre|reliability|security|cloud)\b",
    r"\bfront[- ]end\b",
    r"\b(?:data|analytics|systems) engineer\b",
    r"\bdeveloper (?:experience|productivity)\b",
    r"\bphysical design\b",
)

HOPE = any_of(
    FIELD.pattern,
    FIELD_BESIDE_BUILDER.pattern,
    RESEARCH.pattern,
    DATA_SCIENCE.pattern,
    r"\b(?:predictive|statistical|quantitative|risk|machine) (?:model|research)",
    r"\bautonomy\b",
    r"\balgorithms?\b",
)
"""Wide and cheap: a title that lets a model be asked."""
