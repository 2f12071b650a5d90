"""The words by which sentences are told apart: general terms of the field, no employer, no posting.

Patterns ignore case, except what stands in ``(?-i:...)``: "AI" and "ML" are written in capitals.
"""

import re


def any_of(*patterns: str) -> re.Pattern:
    """One pattern for any of ``patterns``, whatever their case."""
    return re.compile("|".join(patterns), re.IGNORECASE)


AI_MENTION = any_of(r"\b(?-i:AI)\b", r"\bartificial intelligence\b")

MODEL_WORK = any_of(
    # fields and methods
    r"\bmachine[- ]learning\b",
    r"\b(?-i:ML)\b",
    r"\bml ?ops\b",
    r"\bdeep[- ]learning\b",
    r"\bneural net",
    r"\b(?-i:LLM|VLM|VLA|SLM)s?\b",
    r"\blanguage models?\b",
    r"\b(?-i:RAG)\b",
    r"\bretrieval[- ]augmented\b",
    r"\bfine[- ]?tun(?:e|es|ed|ing)\b",
    r"\b(?:pre|post)-?train(?:ed|ing)?\b",
    r"\b(?:reinforcement|imitation|supervised|representation) learning\b",
    r"\bcomputer vision\b",
    r"\b(?-i:NLP)\b",
    r"\bnatural language (?:processing|understanding)\b",
    r"\b(?:diffusion|foundation|frontier|generative|multimodal) models?\b",
    r"\bgen(?:erative)?[- ]?ai\b",
    r"\bgenerative (?:design|video|image)",
    r"\btransformers? (?:models?|architectures?)\b",
    r"\bprompt(?:s| engineering| design)\b",
    r"\bembeddings\b",
    r"\bevals\b",
    r"\bperception\b",
    r"\bmulti-?modal\b",
    r"\bspeech recognition\b",
    r"\btext[- ]to[- ]speech\b",
    r"\bconversational ai\b",
    r"\bapplied (?:ai|ml|machine learning|scien)",
    r"\bai/ml\b",
    r"\bml/ai\b",
    r"\bagentic\b",
    r"\b(?:voice|chat|autonomous) agents?\b",
    r"\bfeature (?:store|engineering)\b",
    # tools
    r"\b(?:pytorch|tensorflow|scikit-?learn|xgboost|vllm|langchain|cuda)\b",
    r"\b(?-i:JAX)\b",
    r"\bhugging ?face\b",
    # models as the object of the work
    r"\brecommend(?:er|ation)s?(?: (?:system|model|engine|algorithm|product)s?)?\b",
    r"\brank(?:ing|er) (?:model|system|algorithm)s?\b",
    r"\b(?:predictive|propensity|statistical|forecast(?:ing)?|learned|surrogate|behaviou?r(?:al)?|ads?|risk|"
    r"mathematical|prediction|pricing|vision|speech|credit|churn|conversion) (?:\w+ )?model(?:s|l?ing)?\b",
    r"\b(?:train|build|develop|deploy|evaluat|serv|optimi[sz]|design|creat|improv|fit|tun)\w*"
    r" (?:\w+[ ,]+){0,5}?models\b",
    r"\bmodels? (?:training|serving|inference|evaluation|deployment|development|quality|performance|lifecycle|"
    r"optimi[sz]ation|registry|weights)\b",
    r"\b(?:training|evaluation) data(?:sets?)?\b",
    r"\b(?:inference|serving) (?:engine|stack|runtime|service|platform|infrastructure|performance|latency|system)s?\b",
    r"\bgpus? (?:cluster|kernel|training|inference)s?\b",
    r"\b(?:ai|llm|intelligent) (?:agent|system|workflow|model|platform|feature|application|engineer|researcher|team|"
    r"product|capabilit|experience|solution|service|assistant|gateway|sdk|problem)\w*\b",
    r"\bai (?:engineering|infrastructure|research|evaluation|technologies)\b",
)
"""Terms that speak of work on models; beside the role's own duties they are evidence, in a boast they aren't."""

AI_AS_TOOL = any_of(
    r"\bai[- ](?:tools?|tooling|coding|assist\w*|native|fluen\w+|enabled)\b",
    r"\b(?:using|use of|uses?|leverag\w+|embrac\w+|adopt\w*|incorporat\w+|comfort\w* with|curious about|fluency in|"
    r"harness\w*|interact with) (?:\w+ ){0,3}ai\b",
    r"\b(?:copilot|claude code|codex|chatgpt)\b",
    r"\b(?-i:Cursor)\b",
    r"\b(?:hiring|application|interview) process\b",
    r"\binterviews?\b",
    r"\bai in (?:your|our|their|the) (?:daily|work|hiring|day|interview|application)",
    r"\bai-powered (?:developer|tooling)\b",
)

COMPANY_TALK = any_of(
    r"^(?:we are|we['’]re) (?:the|an?|on a|in|building|not|growing|transform|one of)\b",
    r"\b(?:our|its|[\w.]+['’]s) (?:mission|vision|customers|values|culture|investors)\b",
    r"^(?:about|who we are|why)\b",
    r"\bis (?:the|an?) (?:[\w’'-]+ ){0,7}(?:company|platform|leader|provider|startup|marketplace|business|engine|"
    r"standard|lab)\b",
    r"\bfounded (?:in|by)\b",
    r"\b(?:trusted|backed) by\b",
    r"\bcustomers (?:include|like|such as)\b",
    r"\b(?:forbes|fortune|raised|valuation|nyse|nasdaq)\b",
    r"\b(?-i:Series [A-H])\b",
    r"\b(?:millions|thousands|hundreds) of (?:\w+ )?(?:people|users|customers|businesses|developers|companies|"
    r"organi[sz]ations)\b",
    r"\bpowers? (?:the|mission|more|millions|thousands)\b",
    r"^at (?:the company|[A-Z]\w+),? (?:we|our|ai)\b",
    r"^today,? (?:our|we)\b",
    r"\bjoin us\b",
    r"\bevery (?:company|business|organi[sz]ation)\b",
    r"^(?:since|in) \d{4}\b",
)

ROLE_TALK = any_of(
    r"\byou(?:['’]ll|['’]ve| will| are| have| bring| own)\b",
    r"\b(?:this|the) (?:role|position|job)\b",
    r"\bas an? [\w ,/()+&-]{2,60}\b(?:engineer|scientist|manager|developer|researcher|lead|analyst|associate|producer|"
    r"intern|designer|specialist|representative|architect)",
    r"\b(?:looking for|seeking|hiring|searching for)\b",
    r"\b(?:the|our|this) [\w&/ ,-]{2,50}\b(?:team|group|organi[sz]ation|org|lab)\b",
    r"\bjoin (?:our|the|a)\b",
    r"\bresponsib",
    r"\b(?:experience|proficien\w+|familiar\w*|knowledge|background|expertise|understanding|degree|phd)\b",
    r"^(?:design|build|develop|own|lead|work|collaborate|partner|create|implement|write|manage|drive|define|maintain|"
    r"monitor|support|conduct|perform|ensure|analy[sz]e|identify|optimi[sz]e|improve|contribute|participate|provide|"
    r"deploy|train|evaluate|translate|apply|use|leverage|help|integrate|architect|research|scale|operate|debug|"
    r"establish|deliver|construct|collect|prototype|ship|serve|extend|investigate|study)\b",
    r"\bideal candidate",
)

AI_TEAM = re.compile(
    r"\b(?:AI|ML|GenAI|LLM|NLP|[Mm]achine [Ll]earning|[Aa]rtificial [Ii]ntelligence|[Dd]eep [Ll]earning|"
    r"[Cc]omputer [Vv]ision|[Pp]erception|[Aa]pplied [Ss]cience|[Rr]ecommendations?|[Ii]nference)\b"
    r"[\w&/,()'’ -]{0,40}\b(?:team|group|organization|org|lab)\b"
)
"""The team that the role belongs to; a team that the role merely works with is ruled out by WORKS_WITH."""

WORKS_WITH = any_of(
    r"\b(?:work\w*|collaborat\w*|partner\w*|alongside|together|closely|cross-functional\w*) (?:\w+ ){0,3}"
    r"(?:with|to|alongside)\b",
    r"\b(?:stakeholders|including|such as)\b",
)

SOUGHT_AI_PERSON = any_of(
    r"\b(?:looking for|seeking|hiring|as|role of|be an?)\b[\w ’',&/()-]{0,80}?"
    r"(?:\b(?-i:AI|ML|LLM|GenAI)\b|\bmachine learning\b|\bdata scientist|\bapplied scientist|"
    r"\bresearch (?:scientist|engineer)|\bdeep learning\b|\bcomputer vision\b)"
)

ANALYTICS = any_of(
    r"\ba/b test",
    r"\bexperiment(?:s|ation)\b",
    r"\b(?:dashboards?|metrics|insights|sql|tableau|looker|power bi|reporting|attribution|stakeholders|self-serve|"
    r"segmentation)\b",
    r"\bdeep[- ]dives\b",
    r"\bhypothes",
    r"\bproduct intuition\b",
    r"\bbusiness decisions\b",
    r"\bdecision[- ]making\b",
)

CORE_TERMS = any_of(
    r"\bmachine[- ]learning\b",
    r"\b(?-i:ML|NLP|LLMs?|VLMs?|GenAI|MLOps)\b",
    r"\b(?:deep|reinforcement|supervised|unsupervised|statistical) learning\b",
    r"\bneural net",
    r"\blanguage models?\b",
    r"\b(?:computer|machine) vision\b",
    r"\bnatural language (?:processing|understanding)\b",
    r"\b(?:generative|foundation|diffusion|frontier) models?\b",
    r"\bgenerative ai\b",
    r"\bartificial intelligence (?:models?|algorithms?|techniques|engineer\w*|systems)\b",
    r"\bpredictive (?:model|algorithm)",
    r"\b(?:random forests?|decision trees|gradient boost\w*|support vector|logistic regression|naive bayes|"
    r"clustering algorithms?|data mining|text mining)\b",
    r"\b(?:pytorch|tensorflow|keras|scikit-?learn|sklearn|xgboost|mllib|vllm|langchain|mlflow|kubeflow)\b",
    r"\bhugging ?face\b",
    r"\b(?:sagemaker|vertex ai|azure ml)\b",
    r"\bfine-?tun(?:e|es|ed|ing) (?:\w+ ){0,3}?(?:models?|llms?)\b",
)
"""Terms that hardly stand in a posting of another field; MODEL_WORK's wider ones also speak of budgets and bridges."""

MAY_MEAN_MODELS = any_of(
    r"\b(?:models?|modell?ing|classifiers?|generative|neural|algorithms?|learned|trained|accelerators?)\b"
)
"""Words that in talk of a role may mean work on models, so that the whole sentence has to be understood."""

OPTIONAL = any_of(
    r"\b(?:a plus|nice to have|preferred but|not required|bonus|helpful|exposure to|interest in|desirable)\b"
)

HOPE_IN_TEXT = re.compile(
    r"\b(?:A\.?I\b|ML\b|LLM|VLM|GenAI|NLP\b|RAG\b|CUDA\b|MLOps|PyTorch|TensorFlow)|"
    r"(?i:\bartificial intell|\bmachine[- ]learn|\bdeep[- ]learn|\bapplied scien|\bneural n|\blanguage models?\b|"
    r"\bagentic\b|\b(?:autonomous|intelligent|voice|simulation) agents\b|\bperception\b|\bcomputer vision|"
    r"\binference\b|\bevals\b|\breinforcement learn|\bgenerative\b|\brecommender|\bembeddings\b|"
    r"\b(?:predictive|statistical) (?:model|analy)|\bdata mining\b|\btext mining\b|"
    r"\blearned (?:model|polic|representation|planner|behavio|feature|control)|\bmulti-?modal\b|\bdata scien)"
)
"""Wide and cheap: a posting in which neither title nor text has any of these is not an AI job by the code book."""
