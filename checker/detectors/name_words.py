"""Words that tell a name from a place, a building, a month or a shop."""

from __future__ import annotations

TITLES = frozenset("mr mrs ms miss mister missus mx dr sir auld-mrs sister father rev".split())
# A name before one of these is a building, a street or an organisation.
PREMISES = frozenset(
    "house court lodge street st road rd avenue ave drive lane place terrace crescent gardens "
    "park hospital ward unit nursery primary academy school centre center hall arms view bank "
    "cottage manor hotel church kirk council surgery square way loch glen bay castle day fm radio "
    "united rovers thistle city athletic wanderers county rangers celtic".split()
)
# What is called after somebody, in the two words that it goes by.
THINGS = frozenset(
    {("victoria", "sponge"), ("victoria", "plum"), ("victoria", "plums"), ("caesar", "salad")}
)
# After one of these a capital is a place, unless a person's title stands between.
PLACE_CUES = frozenset("in at to from near fae tae roond around outside via".split())
# Capitals by themselves, as initials are.
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
# "wee D", "auld J": an initial only counts as a person beside one of these.
INITIAL_CUES = frozenset("wee auld young big our oor my ma mr mrs miss ms little".split())
# Calendar and trade words that are capitalised in mid-sentence without being names.
NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december christmas easter hogmanay halloween "
    "facebook instagram tiktok whatsapp twitter linkedin snapchat google youtube netflix zoom "
    "tesco asda lidl aldi morrisons greggs covid sssc pvg nhs svq hnc "
    "cpd asn elc api uk gp ok omg lol chi nhs dob ni ps rip asap fyi eta "
    "scotland scottish english england ireland irish europe britain british polish".split()
)
# Written as initials are, and nobody's.
ABBREVIATIONS = frozenset(
    "p.s p.p.s a.m p.m e.g i.e u.k u.s u.s.a n.h.s c.h.i d.o.b r.i.p g.p a.s.a.p f.y.i t.v b.b.c "
    "m.o.t b.y.o.b v.i.p d.i.y".split()
)
# "I miss you" is no title: what follows it then.
MISSED = frozenset("u you ya ye yous youse".split())
