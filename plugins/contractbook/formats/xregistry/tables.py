"""The objects of a catalogue and the keys of each, as data.

Catalogues may be extended by any key, so that only what looks like a typing error is told. What the kinds
mean says `contractbook.formats.structure.tables`.
"""

from __future__ import annotations

from contractbook.formats.structure.tables import LOOSE, Tables

# What a registry keeps of its own entries: nothing that consumers of the contract could hold on to.
KEPT_BY_REGISTRY = frozenset(
    {
        *(
            "self",
            "shortself",
            "xid",
            "epoch",
            "createdat",
            "modifiedat",
            "ancestor",
            "isdefault",
            "readonly",
        ),
        *("metaurl", "meta", "versionsurl", "versionscount", "messagesurl", "messagescount", "schemasurl"),
        *("schemascount", "defaultversionurl", "defaultversionsticky", "compatibilityauthority", "$schema"),
        *("endpointsurl", "endpointscount", "messagegroupsurl", "messagegroupscount", "schemagroupsurl"),
        *("schemagroupscount", "registryid", "endpointid", "messagegroupid", "messageid", "schemagroupid"),
        *("schemaid", "capabilities", "model", "modelsource"),
    }
)
COMMON = {
    "name": "text",
    "description": "text",
    "documentation": "text",
    "icon": "text",
    "labels": "free",
    "deprecated": "deprecated",
    LOOSE: "any",
}
MESSAGE = {
    "envelope": "text",
    "envelopemetadata": "free",
    "envelopeoptions": "free",
    "protocol": "text",
    "protocoloptions": "free",
    "dataschemaformat": "text",
    "dataschema": "any",
    "dataschemauri": "text",
    "dataschemaxid": "text",
    "datacontenttype": "text",
    "basemessage": "text",
    "versionid": "text",
}
VERSION = {
    "versionid": "text",
    "format": "text",
    "compatibility": "text",
    "validation": "flag",
    "schema": "any",
    "schemauri": "text",
    "schemaurl": "text",
    "schemabase64": "text",
    "contenttype": "text",
}
TABLES: Tables = {
    "registry": {
        "specversion": "text",
        "endpoints": "{endpoint}",
        "messagegroups": "{messagegroup}",
        "schemagroups": "{schemagroup}",
        "definitionGroups": "free",  # as release candidates called them
        "schemaGroups": "free",
        **COMMON,
    },
    "endpoint": {
        "usage": "text or [text]",
        "channel": "text",
        "deployed": "flag",
        "endpoints": "[any]",
        "envelope": "text",
        "envelopeoptions": "free",
        "protocol": "text",
        "protocoloptions": "free",
        "messagegroups": "[text]",
        "messages": "{message}",
        **COMMON,
    },
    "messagegroup": {"envelope": "text", "protocol": "text", "messages": "{message}", **COMMON},
    "message": {**MESSAGE, "defaultversionid": "text", "versions": "{message-version}", **COMMON},
    "message-version": {**MESSAGE, **COMMON},
    "schemagroup": {"schemas": "{schema}", **COMMON},
    "schema": {**VERSION, "defaultversionid": "text", "versions": "{schema-version}", **COMMON},
    "schema-version": {**VERSION, **COMMON},
    "deprecated": {
        "effective": "text",
        "removal": "text",
        "alternative": "text",
        "documentation": "text",
        LOOSE: "any",
    },
}
