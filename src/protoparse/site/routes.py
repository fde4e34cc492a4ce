"""Our addresses. Ids are taken loosely here and looked up in the database: what it does not hold is a plain 404."""

from __future__ import annotations

from typing import Any

from protoparse.site import (
    audit,
    document,
    evidence,
    exports,
    feeds,
    handling,
    matter,
    media,
    mending,
    organ,
    person,
    popolo,
    review,
    reviewer,
    rulepage,
    search,
    service,
    start,
    w3c,
    web,
)

_ROUTES: list[tuple[str, Any]] = [
    (r"^/(\.(?P<format>jsono?))?$", start.show),
    (r"^/-/evidence/(?P<id>[^/.]+)\.json$", evidence.as_json),
    (r"^/-/evidence/(?P<id>[^/.]+)\.jsonld$", w3c.one),
    (r"^/-/evidence/(?P<id>[^/]+)$", evidence.show),
    (r"^/-/page-image/(?P<document>[^/]+)/(?P<page>\d{1,6})\.(?P<form>png|jpg)$", media.page_image),
    (r"^/-/pdf/(?P<document>[^/]+)$", media.pdf),
    (r"^/-/dokument/(?P<id>[^/.]+)\.jsonld$", w3c.of_document),
    (r"^/-/popolo\.json$", popolo.show),
    (r"^/-/dokument/(?P<id>[^/]+)$", document.show),
    (r"^/-/person/(?P<id>[^/]+)$", person.show),
    (r"^/-/organ/(?P<id>[^/]+)$", organ.show),
    (r"^/-/arende/(?P<number>.+)$", matter.show),
    (r"^/-/sok\.json$", search.as_json),
    (r"^/-/sok$", search.show),
    (r"^/-/floden/(?P<feed>beslut|byten|fynd)\.atom$", feeds.show),
    (r"^/-/export/(?P<database>[^/]+)/(?P<table>[^/]+)\.(?P<form>xlsx|csv|json)$", exports.show),
    (r"^/-/granskning\.(?P<form>csv|json|ics)$", audit.download),
    (r"^/-/granskning$", audit.show),
    (r"^/-/tjanst/(?P<id>[^/.]+)\.ics$", service.calendar),
    (r"^/-/tjanst/(?P<id>[^/]+)$", service.show),
    (r"^/-/granska$", reviewer.page(review.show)),
    (r"^/-/granska/dom$", reviewer.page(review.judge)),
    (r"^/-/granska/namn$", reviewer.named),
    (r"^/-/granska/andra/(?P<row>[^/]+)$", reviewer.page(mending.change)),
    (r"^/-/granska/saknas/(?P<document>[^/]+)$", reviewer.page(mending.add)),
    (r"^/-/granska/rattelser$", reviewer.page(mending.listed)),
    (r"^/-/granska/angra$", reviewer.page(mending.undo)),
    (r"^/-/granska/hantera/(?P<id>[^/]+)$", reviewer.page(handling.show)),
    (r"^/-/granska/lage\.json$", review.status),
    (r"^/-/regler$", rulepage.show),
    # Datasette would take anything else below our addresses for a table in a format that it does not know.
    (
        r"^/-/(arende|dokument|evidence|export|floden|granska|granskning|organ|page-image|pdf|person|popolo"
        r"|regler|sok|tjanst)(/|\.|$)",
        web.nowhere,
    ),
]
ROUTES = [(address, web.plainly(show)) for address, show in _ROUTES]
