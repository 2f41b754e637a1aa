"""Words of stores, and of the code in front of them."""

from __future__ import annotations

from contractbook.lexicon.family import (
    ADDRESS,
    ANYWHERE,
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

FAMILIES = (
    Family(
        "persistence-suffix",
        names=(
            *ends(
                "entity, dao, impl, bean, pojo, dbo, dto, vo, orm, view model, repository, controller, dtos, "
                "serializer, orm model, db model, row"
            ),
        ),
        parts=frozenset({ADDRESS}),
        but=listed(
            "legal entity, business entity, billing entity, public entity, named entity, "
            "reporting entity, regulated entity, organizational entity, organisational entity, "
            "financial entity, government entity, tax entity, legal entities, named entities, "
            "coffee bean, cocoa bean, vanilla bean, coffee beans, cocoa beans, "
            "replication controller, ingress controller, domain controller, game controller, "
            "data controller, bit dao, git repository, code repository"
        ),
        spares="subject",
        adds=ends,
    ),
    Family(
        "column-style-name",
        names=(
            *begins("tbl, t, vw, col, fld, cust, ord, acct, usr, emp, upd, crt"),
            *ends("tbl, col, fld, cd, flg, nbr, clob, nm, hdr, dtl, dtm"),
            *within("hdr, dtl, upd, last upd"),
        ),
        parts=frozenset({ADDRESS}),
        spares="subject",
        adds=ends,
    ),
    Family(
        "database-key-name",
        names=(
            *ends("pk, fk"),
            *begins("pk, fk"),
            *ends("sk, ptr id"),
            *whole(
                "pk, fk, sk, row id, row version, ctid, surrogate key, db id, content type id, xmin, "
                "pg xmin, lsn"
            ),
            *spelled("_id, $oid, __v, _rev, _rid, rowid, ROWID"),
        ),
        spares="subject",
        adds=whole,
    ),
    Family(
        "storage-bookkeeping",
        names=(
            *within(
                "etl, deleted flag, delete flag, del flag, lock version, opt lock, by job, soft delete, "
                "soft deleted, row status, row hash, shard id, shard key, load ts, insert ts, "
                "load timestamp, insert timestamp, dw load, tombstone, opt lock version, jpa version, "
                "record version flag, gorm"
            ),
            *whole("is dirty, dirty flag, batch job id, sys created, sys updated, is deleted, del ind"),
            *spelled("__deleted, __op, __lsn, __source_ts_ms"),
        ),
        spares="subject",
    ),
    Family(
        "storage-location",
        names=(
            *within(
                "s 3 bucket, s 3 key, s 3 uri, s 3 path, s 3 url, gcs bucket, gcs uri, hdfs path, "
                "blob container, connection string, jdbc url, data source name"
            ),
        ),
        texts=(
            *like(r"\b(?:s3a?|gs|hdfs|wasbs?|abfss?)://[\w{<][^\s\"'`)<>]*", "s3, s3a, gs, hdfs"),
            *like(r"\b(?:wasbs?|abfss?)://[\w{<][^\s\"'`)<>]*", "wasb, wasbs, abfs, abfss"),
            *like(r"\bjdbc:[a-z0-9]+:[^\s\"'`)<>]+", "jdbc"),
            *like(
                r"\b(?:mongodb(?:\+srv)?|postgres(?:ql)?|mysql|mariadb|rediss?|amqps?)://[^\s\"'`)<>]+",
                "mongodb, postgres, postgresql, mysql, mariadb, redis, rediss, amqp, amqps",
            ),
            *like(r"\b[\w-]{1,63}\.s3[.-][\w.-]{0,40}amazonaws\.com\b", "amazonaws"),
            *like(r"\bs3[.-][\w.-]{0,40}amazonaws\.com/[\w.-]+", "amazonaws"),
            *like(r"\b[\w-]{1,63}\.blob\.core\.windows\.net\b", "windows"),
            *like(r"\barn:aws[\w-]*:[\w-]+:[\w-]*:\d{12}:[^\s\"'`)<>]+", "arn"),
            *like(
                r"(?:file://)?(?<![\w/.:@~}-])/(?:var|opt|mnt|srv|home|etc)/[\w./-]+",
                "var, opt, mnt, srv, home, etc",
            ),
            *like(r"(?<![\w])[A-Z]:\\[\w\\ .$-]+", piece="\\"),
            *like(r"(?<![\w\\])\\\\(?!u[\da-fA-F]{4})[\w.-]+\\[\w$.\\-]+", piece="\\"),
        ),
        parts=VALUES,
        about=listed("bucket, file system, filesystem, volume, container, mount"),
        spares="subject",
    ),
    Family(
        "query-language-in-contract",
        names=(
            *whole(
                "sql, sql query, sql statement, raw sql, where clause, sql filter, jpql, hql, run sql, "
                "order by clause, sql where, mongo query, native query, query sql, execute sql"
            ),
            *ends(
                "icontains, iexact, istartswith, iendswith, isnull, gte, lte, gt, lt, in, contains, "
                "exact, range"
            ),
            *ends("bool exp"),
        ),
        texts=(
            *like(r"\bSELECT\s[^;`]{1,200}?\sFROM\s+[\w.\"`\[]+", "select"),
            *like(
                r"\bINSERT INTO\s+\w+|\bDELETE FROM\s+\w+|\bUPDATE\s+\w+\s+SET\s",
                "insert, delete, update",
            ),
            *like(
                r"\b(?:SQL|JPQL|HQL|Lucene|Elasticsearch)(?: WHERE)? (?:clause|predicate|query syntax)", "sql"
            ),
            *like(r"\b(?:Lucene|Elasticsearch|Solr) (?:query|syntax)\b[^.]*", "lucene, elasticsearch, solr"),
            *like(
                r"[\"']?\$(?:gte?|lte?|nin|elemMatch|regex)[\"']\s*:",
                "gt, gte, lt, lte, nin, elemmatch, regex",
            ),
        ),
        parts=ANYWHERE,
        about=listed("sql, query, database, table, dataset, warehouse, data source"),
        spares="subject",
        adds=whole,
    ),
)
