"""What the charts show, as plain frozen data. No engine type and no Qt type appears here.

One module a kind of chart, so that a page loads only its own. All words and shown figures come ready made from the
caller, in the language in force; `key` names the mark for `whyRequested`. A figure which cannot be said is None and is
drawn as a question mark, never as zero.
"""
