"""Words of programming languages and their tools."""

from __future__ import annotations

from contractbook.lexicon.family import ANYWHERE, DOC, VALUES, Family, like, spelled, within

YEARS = tuple(str(year) for year in range(1950, 2050))

FAMILIES = (
    Family(
        "language-type-name",
        names=(
            *within(
                "hash map", "array list", "linked hash map", "key value pair", "big decimal", "big integer"
            ),
            *within("j object", "i enumerable", "i collection", "i dictionary", "nullable of"),
            *within("xml gregorian calendar", "local date time", "zoned date time", "offset date time"),
            *within("response entity", "completable future", "ns string", "ns number", "http status code"),
        ),
        texts=(
            *like(
                r"\b(?:java|javax|jakarta|kotlin)\.(?:[a-z]\w*\.)+[A-Z]\w+",
                "java",
                "javax",
                "jakarta",
                "kotlin",
            ),
            *like(
                r"\bSystem\.(?:String|Int\d\d|Object|DateTime|Guid|Decimal|Boolean|Collections[\w.]*)\b",
                "system",
            ),
            *like(r"\bstd::\w+", "std"),
            *like(
                r"\borg\.(?:springframework|hibernate|joda|bson)\.[\w.]+",
                "springframework",
                "hibernate",
                "joda",
                "bson",
            ),
            *like(r"\b(?:HashMap|ArrayList|LinkedHashMap)<[^>]*>?", "hashmap", "arraylist", "linkedhashmap"),
            *like(
                r"\bNS(?:String|Number|Dictionary|Array)\b", "nsstring", "nsnumber", "nsdictionary", "nsarray"
            ),
        ),
        parts=VALUES | {DOC},
    ),
    Family(
        "reserved-word-name",
        names=spelled(
            *(
                "class",
                "switch",
                "case",
                "break",
                "continue",
                "return",
                "if",
                "else",
                "for",
                "while",
                "do",
                "try",
            ),
            *(
                "catch",
                "finally",
                "throw",
                "new",
                "this",
                "null",
                "true",
                "false",
                "import",
                "public",
                "private",
            ),
            *("protected", "static", "void", "int", "float", "double", "char", "long", "short", "interface"),
        ),
        adds=spelled,
    ),
    Family(
        "generator-extension-meaning",
        keys=(
            *(
                "x-go-type",
                "x-go-name",
                "x-go-type-import",
                "x-oapi-codegen-extra-tags",
                "x-go-type-skip-optional-pointer",
            ),
            *(
                "x-java-type",
                "x-java-class",
                "x-implements",
                "x-class-extra-annotation",
                "x-field-extra-annotation",
            ),
            *("x-csharp-type", "x-cs-type", "x-python-type", "x-rust-type", "x-swift-type", "x-kotlin-type"),
            *(
                "x-ms-pageable",
                "x-ms-long-running-operation",
                "x-ms-client-name",
                "x-ms-enum",
                "x-ms-mutability",
            ),
            *(
                "x-ms-discriminator-value",
                "x-ms-client-flatten",
                "x-ms-parameter-location",
                "x-ms-parameterized-host",
            ),
            *(
                "x-discriminator-value",
                "x-nullable",
                "x-isnullable",
                "x-omitempty",
                "x-codegen-request-body-name",
            ),
            *(
                "x-speakeasy-pagination",
                "x-speakeasy-name-override",
                "x-fern-sdk-method-name",
                "x-stainless-const",
            ),
            *("x-enum-varnames", "x-enumNames", "x-enum-names", "x-nswag-flags", "x-enumFlags"),
        ),
        adds=spelled,
    ),
    Family(
        "json-schema-language-keyword",
        keys=(
            *("javaType", "javaInterfaces", "javaName", "javaEnumNames", "javaEnums", "existingJavaType"),
            *(
                "extendsJavaClass",
                "javaJsonView",
                "tsType",
                "tsEnumNames",
                "goType",
                "goJSONSchema",
                "phpType",
            ),
            *(
                "csharpType",
                "scalaType",
                "customDateTimePattern",
                "customPattern",
                "excludedFromEqualsAndHashCode",
            ),
            *("x-javaType", "x-tsType", "x-ts-type"),
        ),
        adds=spelled,
    ),
    Family(
        "markup-in-text",
        texts=(
            *like(r"(?i)<(?:script|iframe|object|embed|form|style|link|meta|svg)\b[^>]*>", piece="<"),
            *like(r"(?i)<[a-z][^>]*\son(?:click|load|error|mouseover)\s*=[^>]*>", piece="<"),
            *like(r"(?i)\bjavascript:[^\s)\"']+", "javascript"),
            *like(
                r"(?i)</?(?:p|br|b|i|u|a|ul|ol|li|div|span|font|table|thead|tbody|tr|td|th|h[1-6]|pre|code|em|strong"
                r"|img|center|blockquote|dl|dt|dd|hr)(?:\s[^<>]*)?/?>",
                piece="<",
            ),
        ),
    ),
    Family(
        "local-text-format",
        texts=(
            *like(r"(?i)(?<!\w)(?:dd([/.-])mm\1(?:yyyy|yy)|mm([/.-])dd\2(?:yyyy|yy))(?!\w)", "dd", "mm"),
            *like(r"(?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)\d\d(?![\d/])", *YEARS),
            *like(r"(?<![\d.])\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?![\d.])", *YEARS),
        ),
        parts=ANYWHERE,
    ),
)
