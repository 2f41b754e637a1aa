"""Words of programming languages and their tools."""

from __future__ import annotations

from contractbook.lexicon.family import (
    ANYWHERE,
    DOC,
    VALUES,
    Family,
    begins,
    ends,
    like,
    listed,
    spelled,
    whole,
    within,
)

YEARS = ", ".join(map(str, range(1950, 2050)))

FAMILIES = (
    Family(
        "language-type-name",
        names=(
            *within(
                "hash map, array list, linked hash map, big decimal, big integer, j object, "
                "key value pair of, key value pair string, key value pair system, nullable of, "
                "i enumerable, i collection, i dictionary, completable future, ns string, ns number, "
                "xml gregorian calendar, local date time, zoned date time, offset date time, "
                "java class, java type, serial version uid, java serialized, serialized java, go struct"
            ),
            *whole("response entity, http entity"),
        ),
        texts=(
            *like(
                r"\b(?:java|javax|jakarta|kotlin)\.(?:[a-z]\w*\.)+(?!\w+(?:Exception|Error)\b)[A-Z]\w+",
                "java, javax, jakarta, kotlin",
            ),
            *like(
                r"\bSystem\.(?:String|Int\d\d|Object|DateTime|Guid|Decimal|Boolean|Collections[\w.]*)\b",
                "system",
            ),
            *like(r"\bstd::\w+", "std"),
            *like(
                r"\b(?:BigDecimal|BigInteger|LocalDateTime|ZonedDateTime)\b",
                "bigdecimal, biginteger, localdatetime, zoneddatetime",
            ),
            *like(
                r"\b(?:Active(?:Record|Job|Support|Model)|ActionMailer)::\w+",
                "activerecord, activejob, activesupport, activemodel, actionmailer",
            ),
            *like(r"\bgid://[\w-]+/[A-Z]\w*", "gid"),
            *like(
                r"\b(?:interface\{\}|map\[string\]\w+|time\.Time|sql\.Null\w+)", "interface, map, time, sql"
            ),
            *like(
                r"\borg\.(?:springframework|hibernate|joda|bson)\.[\w.]+",
                "springframework, hibernate, joda, bson",
            ),
            *like(r"\b(?:HashMap|ArrayList|LinkedHashMap)<[^>]*>?", "hashmap, arraylist, linkedhashmap"),
            *like(r"\bNS(?:String|Number|Dictionary|Array)\b", "nsstring, nsnumber, nsdictionary, nsarray"),
        ),
        parts=VALUES | {DOC},
    ),
    Family(
        "type-in-name",
        names=begins("str, s, sz, int, i, n, lng, dbl, flt, bln, b, bool, arr, lst, obj"),
        adds=begins,
    ),
    Family(
        "time-without-zone",
        names=(
            *ends("date, time, timestamp, datetime, date time, at"),
            *whole("timestamp, datetime, date time, date"),
        ),
        but=listed("time zone, up time, uptime, response time, lead time, wait time, real time"),
        adds=ends,
    ),
    Family(
        "money-as-float",
        names=(
            *ends("price, cost, fee, salary, wage, refund, amount, tax, discount amount, subtotal"),
            *within(
                "total price, unit price, total amount, tax amount, net amount, gross amount, "
                "account balance, balance due, invoice total, order total, shipping cost"
            ),
            *whole("price, salary, fee, refund, cost, subtotal"),
        ),
        adds=within,
    ),
    Family(
        "reserved-word-name",
        names=spelled(
            "class, switch, case, break, continue, return, if, else, for, while, do, try, catch, "
            "finally, throw, new, this, null, true, false, import, public, private, protected, "
            "static, void, int, float, double, char, long, short, interface",
        ),
        adds=spelled,
    ),
    Family(
        "generator-extension-meaning",
        keys=listed(
            "x-isnullable, x-omitempty, x-discriminator-value, x-ms-discriminator-value, "
            "x-ms-pageable, x-ms-long-running-operation, x-ms-mutability, x-ms-parameterized-host, "
            "x-speakeasy-pagination, x-speakeasy-errors, x-stainless-const, x-fern-pagination, "
            "x-enumFlags, x-ms-enum-flags"
        ),
        adds=spelled,
    ),
    Family(
        "json-schema-language-keyword",
        keys=listed(
            "javaType, javaInterfaces, javaName, javaEnumNames, javaEnums, existingJavaType, "
            "extendsJavaClass, javaJsonView, tsType, tsEnumNames, goType, goJSONSchema, phpType, "
            "csharpType, scalaType, customDateTimePattern, excludedFromEqualsAndHashCode, "
            "x-javaType, x-tsType, x-ts-type, x-java-type, x-java-class, x-implements, "
            "java-class, java-element-class, java-key-class, "
            "x-class-extra-annotation, x-field-extra-annotation, x-go-type, x-go-name, "
            "x-go-type-import, x-go-type-skip-optional-pointer, x-oapi-codegen-extra-tags, "
            "x-csharp-type, x-cs-type, x-python-type, x-rust-type, x-swift-type, x-kotlin-type"
        ),
        adds=spelled,
    ),
    Family(
        "markup-in-text",
        texts=(
            *like(r"(?i)<(?:script|iframe|form|embed|object)\s[^<>]*=[^<>]*>|<style>|</script>", piece="<"),
            *like(r"(?i)<[a-z][^<>]*\son[a-z]+\s*=[^<>]*>", piece="<"),
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
            *like(r"(?i)(?<!\w)(?:dd([/.-])mm\1(?:yyyy|yy)|mm([/.-])dd\2(?:yyyy|yy))(?!\w)", "dd, mm"),
            *like(r"(?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)\d\d(?![\d/])", YEARS),
            *like(r"(?<![\d.])\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?![\d.])", YEARS),
        ),
        parts=ANYWHERE,
    ),
)
