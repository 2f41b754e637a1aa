"""Products and frameworks, and the marks that they leave."""

from __future__ import annotations

from contractbook.lexicon.family import (
    ADDRESS,
    DOC,
    EXAMPLE,
    Family,
    begins,
    like,
    listed,
    said,
    spelled,
    whole,
    within,
)

STORES = (
    r"(?P<word>MongoDB|Mongo|PostgreSQL|Postgres|MySQL|MariaDB|Oracle DB|Oracle database|SQL Server|Redis"
    r"|Kafka|RabbitMQ|ActiveMQ|Elasticsearch|ElasticSearch|Cassandra|DynamoDB|Couchbase|CouchDB|Solr"
    r"|Memcached|Hazelcast|HBase|Hadoop|Hibernate|BigQuery|Snowflake|Debezium|Celery|Sidekiq|gunicorn|nginx"
    r"|Kinesis|Aurora|Neo4j|ClickHouse|InfluxDB|Lambda)"
)
NAMES_OF_STORES = (
    "mongodb, mongo, postgresql, postgres, mysql, mariadb, oracle, sql, redis, kafka, "
    "rabbitmq, activemq, elasticsearch, cassandra, dynamodb, couchbase, couchdb, solr, "
    "memcached, hazelcast, hbase, hadoop, hibernate, bigquery, snowflake, debezium, celery, sidekiq, "
    "gunicorn, nginx, kinesis, aurora, neo4j, clickhouse, influxdb, lambda"
)
SERIALIZED = listed(
    "application/x-java-serialized-object, application/x-java-object, application/x-pickle, "
    "application/python-pickle, application/x-python-pickle, application/vnd.php.serialized, "
    "application/x-php-serialized, application/x-ruby-marshal, application/x-hessian, "
    "application/x-msbin1, application/soap+msbin1, application/x-dotnet-binary, "
    "application/x-kryo, application/x-python-serialize, application/x-java-jsobject, application/x-gob"
)

FAMILIES = (
    Family(
        "framework-name",
        names=(
            *within(
                "mongo, mongo db, mongodb, postgres, postgresql, mysql, my sql, mariadb, redis, kafka, "
                "rabbitmq, rabbit mq, activemq, elasticsearch, elastic search, cassandra, dynamo db, "
                "couchbase, couch db, solr, lucene, memcached, hazelcast, hbase, hadoop, zookeeper, "
                "mssql, sqlite, jdbc, ejb, spring boot, spring data, django, laravel, symfony, "
                "tomcat, jboss, wildfly, weblogic, websphere, struts, hibernate, celery, sidekiq, resque, "
                "hangfire, gunicorn, debezium, gorm, mongoose, sequelize, sql alchemy, active record, "
                "entity framework, prisma id, k 8 s, kubernetes namespace, kube namespace, pod name, "
                "name of pod, pod ip, kinesis, lambda arn, lambda function, task arn"
            ),
        ),
        texts=(
            *like(
                r"(?i:\b(?:stored?|saved?|persisted|kept|cached|indexed|written|loaded|fetched|quer(?:y|ied)|"
                r"published|pushed|backed|powered|built|replicated|synced|lives?|held|served|captured|read|"
                r"generated|handled|hosted|proxied|queued|processed|reads|writes)"
                r" (?:\w+ ){0,3}?(?:in|into|on|to|from|by|with|via|using|behind) (?:\w+ ){0,3}?)"
                rf"{STORES}\b",
                NAMES_OF_STORES,
            ),
            *like(
                rf"(?i:\b(?:index|table|collection|topic|queue|cache|row)s? (?:in|of|on) ){STORES}\b",
                NAMES_OF_STORES,
            ),
            *like(
                rf"\b{STORES} (?i:ids?|_id|object ?id|tables?|collections?|documents?|topics?|queues?|index|"
                r"cluster|datetime|primary key|sequence|schema|instance|cache|query|syntax)\b",
                NAMES_OF_STORES,
            ),
            *like(
                r"(?i:\b(?:built|written|implemented|based|powered|running|runs|developed|deployed)"
                r" (?:in|on|with|by|using) (?:\w+ )??)"
                r"(?P<word>Spring Boot|Spring|Django|Laravel|Symfony|Ruby on Rails|Rails|ASP\.NET|Hibernate"
                r"|Entity Framework|Struts|Tomcat|JBoss|WildFly|WebLogic|WebSphere)\b",
                "spring, django, laravel, symfony, rails, asp, hibernate, entity, struts, tomcat, jboss, "
                "wildfly, weblogic, websphere",
            ),
        ),
        parts=frozenset({DOC, ADDRESS}),
        spares="product",
    ),
    Family(
        "serializer-discriminator",
        names=(
            *spelled(
                "_class, @class, $type, __TypeId__, __type, @clazz, _clazz, clazz, _t, @javaType, "
                "java_class, javaClass, __class__, __className, className@, job_class, $values"
            ),
        ),
        adds=spelled,
    ),
    Family(
        "framework-cookie",
        names=whole(
            "jsessionid, phpsessid, asp net session id, connect sid, laravel session, rack session, "
            "ci session, cakephp, play session, ar r affinity, awsalb, awselb, csrftoken, sessionid, "
            "grails session, symfony, asp net core session, jsessionidsso",
        ),
        texts=(
            *said(
                "JSESSIONID, PHPSESSID, ASP.NET_SessionId, connect.sid, laravel_session, PLAY_SESSION, "
                "ARRAffinity, AWSALB, ci_session"
            ),
        ),
        parts=frozenset({EXAMPLE, DOC}),
        adds=whole,
    ),
    Family(
        "technology-header",
        names=(
            *whole(
                "server, x powered by, x runtime, x asp net version, x asp net mvc version, x generator, "
                "x debug token, x debug token link, x rack cache, x served by, x varnish, x jenkins, "
                "x application context, x backend server, cf ray, x drupal cache, "
                "x commonmarker version, x stackify id, x litespeed cache, x php version, x server name"
            ),
        ),
        adds=whole,
    ),
    Family(
        "call-chain-visible",
        names=(
            *begins("x b 3, x envoy, x istio, x datadog, l 5 d, x linkerd, x zipkin, x amzn"),
            *whole(
                "x forwarded for, x forwarded host, x forwarded proto, x forwarded port, x real ip, "
                "x amzn trace id, x cloud trace context, uber trace id, x ot span context, x hop count"
            ),
            *within("upstream service, calling service, caller service, downstream service"),
            *whole("parent span id, hop count, source service, origin service, x original uri, b 3"),
        ),
        adds=whole,
    ),
    Family(
        "language-bound-serialization",
        names=whole("pickle, pickled, java object, serialized object, serialised object, java serialized"),
        texts=(
            *like(
                r"(?i)\b(?:Java|\.NET|Python|PHP|Ruby)[ -](?:object )?seriali[sz](?:ed|ation)\b",
                "serialized, serialised, serialization, serialisation",
            ),
            *like(
                r"\b(?:BinaryFormatter|ObjectOutputStream|ObjectInputStream)\b",
                "binaryformatter, objectoutputstream, objectinputstream",
            ),
            *like(r"(?i)\bpickled?\b (?:python|object|bytes|data)|python pickle", "pickle, pickled"),
        ),
        parts=frozenset({DOC, EXAMPLE}),
        keys=SERIALIZED,
    ),
)
