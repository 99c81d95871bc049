"""The parts of the model card that are the same for every version of the reader."""

from __future__ import annotations

FOR = (
    "## What it is for",
    "It is the half of Postcheck that was learned from examples. A member of staff of a Scottish "
    "social service pastes a draft social-media post, before it goes out; the reader says how "
    "likely it is to breach the SSSC Code of Practice, in which way, and which words carry it. "
    "Rules that a person can read and change say the same on their own grounds, and one small "
    "table judges between them ([how-it-works.md](how-it-works.md)). The author decides what to "
    "do.",
)

NOT_FOR = (
    "## What it is not for",
    "- To approve a post. “Nothing found” is not a promise.\n"
    "- To watch staff: not for posts that are out already, for discipline, hiring or "
    "registration, and not as evidence for or against anyone.\n"
    "- To block or to post anything by itself.\n"
    "- For care records, e-mails, news or any text but a draft of a social-media post.\n"
    "- For other countries' codes, or for professions that are not social services.\n"
    "- As legal advice.",
)

TRAINED_ON = (
    "## What it was trained on",
    "Invented drafts of posts, labelled by one "
    "[guide](../training_data/labelling-guide.md) with a verdict, categories, the words that "
    "carry the concern and who each person is to the author. There is no public collection of "
    "such drafts. **They were written and labelled by language models** under briefs; "
    "[the datasheet](../training_data/README.md) says how. No real post and no real person's "
    "circumstances are among them.",
)

BUILT = (
    "## How it was built",
    "1. The encoder starts from all-MiniLM-L6-v2, a small language model (6 layers, 384 wide), and "
    "is trained further on the drafts to tell verdict, categories, the words of concern and "
    "people's roles at once. Every round meets about half of the drafts with other names or other "
    "spelling. It is stored with 8-bit weights and runs in onnxruntime.",
    "2. Logistic regressions (scikit-learn) turn the encoder's answers, and the clues and rules "
    "that were found, into probabilities. They are fitted on drafts of voices that the encoder "
    "never read, so that they learn how far it can be trusted on new writers.",
)

LIMITS = (
    "## Limits",
    "- **It misses things**, and it flags posts that are fine: the figures above say how often.\n"
    "- Its drafts were written by language models, so it knows less of how real people write, "
    "above all of rare turns of phrase, in-jokes and local knowledge.\n"
    "- Dialect, textspeak and disguised spelling are harder to read than standard English; "
    "[evaluation.md](evaluation.md) shows the false alarms of each beside one another.\n"
    "- It reads English and Scots only. Any other language gets “review” and the words “could not "
    "be read” from the checker, whatever the reader makes of it.\n"
    "- Pictures, videos, links and earlier posts are not looked at.\n"
    "- Who a person is to the author is worked out from the text, and often cannot be.\n"
    "- A long draft is read in windows of about 190 words; what only several of them together "
    "give away can be missed.\n"
    "- Its probabilities hold for drafts mixed as ours are, about half of them fine. Most real "
    "posts are, so that of what it flags among them a smaller share is a breach.",
)

ETHICS = (
    "## Ethics and privacy",
    "- The reader runs on the service's own machine, fetches nothing from the network, and keeps "
    "no draft; no manager is told what anyone typed.\n"
    "- It shows its reasons: the words, the category, the probability and the likest labelled "
    "drafts, all invented. Nothing is flagged without one.\n"
    "- Both mistakes do harm. A miss can expose a person who uses services; a false alarm scares "
    "staff off saying good things. People who write in Scots, or in a second language, must not "
    "bear more false alarms than others; that is measured at every evaluation.\n"
    "- A worry about unsafe care must not be silenced: the checker points it to somebody who can "
    "act, and does not only say no.\n"
    "- `reader.joblib` can run code when it is opened, so the checker opens it only when its "
    "SHA-256 stands in the manifest.",
)

LICENCE = (
    "## Licence",
    "The reader, the drafts and the code are under the MIT licence. all-MiniLM-L6-v2, from which "
    "the encoder was trained further, is under the Apache License 2.0.",
)

RETRAIN = (
    "## How to train it again",
    "Change or add drafts ([datasheet](../training_data/README.md)), then:",
    "```\n"
    '.venv/bin/pip install -e ".[train]"\n'
    "make data                         # the drafts keep to the guide\n"
    "make train                        # goes on from its last checkpoint if it is broken off\n"
    ".venv/bin/python -m model evaluate --drafts FILE.jsonl\n"
    ".venv/bin/python -m model mistakes --drafts FILE.jsonl\n"
    ".venv/bin/python -m model card\n"
    "```",
    "`FILE.jsonl` holds labelled drafts that nothing was trained on; without it the voices held "
    "out in training are measured. [evaluation.md](evaluation.md) shows the new figures beside "
    "those of the version before.",
)
