# The three services and the console, a target each:
#   docker build --target producer-service -t waybill/producer-service .
# Dependencies have a layer of their own: a change of code compiles again, and downloads nothing.

FROM maven:3-eclipse-temurin-25 AS build
# Not root: the build starts an embedded PostgreSQL to generate the jOOQ classes.
RUN useradd --create-home --uid 10001 builder && mkdir /build && chown builder /build
USER builder
ENV MAVEN_CONFIG=/home/builder/.m2
WORKDIR /build
COPY --chown=builder .mvn .mvn
COPY --chown=builder pom.xml ./
COPY --chown=builder schema-registry/pom.xml schema-registry/
COPY --chown=builder schemas/pom.xml schemas/
COPY --chown=builder schemas/gate/pom.xml schemas/gate/
COPY --chown=builder outbox/pom.xml outbox/
COPY --chown=builder outbox/src/codegen outbox/src/codegen
COPY --chown=builder outbox/src/main/resources outbox/src/main/resources
COPY --chown=builder service-runtime/pom.xml service-runtime/
COPY --chown=builder deduplication/pom.xml deduplication/
COPY --chown=builder producer-service/pom.xml producer-service/
COPY --chown=builder producer-service/src/main/resources producer-service/src/main/resources
COPY --chown=builder outbox-relay/pom.xml outbox-relay/
COPY --chown=builder consumer-service/pom.xml consumer-service/
COPY --chown=builder console/pom.xml console/
COPY --chown=builder console/src/codegen console/src/codegen
COPY --chown=builder local-stack/pom.xml local-stack/
COPY --chown=builder proof/pom.xml proof/
COPY --chown=builder bench/pom.xml bench/
# Everything but our sources: plugins, libraries, the classes generated from the migrations. There
# are no schemas or templates yet, and nothing of the gate that checks them (maven.antrun.skip).
RUN mkdir -p schemas/src/main/avro schema-registry/src/test/avro \
 && mvn -B -ntp -q -Dmaven.test.skip=true -Dmaven.antrun.skip=true -P '!checks' -pl producer-service,outbox-relay,consumer-service,console -am package \
      org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies \
      -DincludeScope=runtime -DexcludeGroupIds=dev.waybill -DoutputDirectory=target/image/lib
COPY --chown=builder deploy/image/natives deploy/image/
RUN for service in producer-service outbox-relay consumer-service console; do \
      deploy/image/natives $service/target/image/lib; done
COPY --chown=builder . .
RUN mvn -B -ntp -q -o -Dmaven.test.skip=true -P '!checks' -pl producer-service,outbox-relay,consumer-service,console -am package \
      org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies \
      -DincludeScope=runtime -DincludeGroupIds=dev.waybill -DoutputDirectory=target/image/own \
 && for service in producer-service outbox-relay consumer-service console; do \
      cp $service/target/$service-*.jar $service/target/image/own/; done

# What a service runs on: a JVM of the modules that are needed, and the few files of the distribution
# that it and the health checks need. Both are from this image: there is no other base to keep current.
FROM eclipse-temurin:25-jdk AS platform
# jdeps names java.desktop, too; what refers to it (beans, AWT) is never reached here.
# For Kafka's SASL: jgss, sasl, security.auth. jcmd and jfr are for people.
RUN jlink --output /image/opt/java --no-header-files --no-man-pages --compress=zip-6 \
      --add-modules java.base,java.instrument,java.logging,java.management,java.naming,java.net.http \
      --add-modules java.security.jgss,java.security.sasl,java.sql,java.xml \
      --add-modules jdk.crypto.ec,jdk.management,jdk.management.agent,jdk.management.jfr,jdk.naming.dns \
      --add-modules jdk.net,jdk.nio.mapmode,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs \
      --add-modules jdk.jcmd,jdk.jfr \
      # Heap by the container's limit; a process that is out of memory ends, and is started again.
      # Defaults of this JVM, not of JAVA_TOOL_OPTIONS: that stays yours, and overrides them.
      --add-options="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
COPY deploy/image/base /usr/local/bin/
RUN base /image bash cat env grep head id ls mkdir sh sleep tail touch

FROM scratch AS runtime
COPY --from=platform /image /
COPY deploy/image/train /usr/local/bin/
ENV JAVA_HOME=/opt/java PATH=/opt/java/bin:/usr/local/bin:/usr/bin LANG=C.UTF-8
WORKDIR /app
LABEL org.opencontainers.image.title="Waybill" \
      org.opencontainers.image.description="Tells system B, exactly once in effect, what committed in system A's PostgreSQL" \
      org.opencontainers.image.version="0.1.0"

FROM runtime AS producer-service
COPY --from=build /build/producer-service/target/image/lib lib
COPY --from=build /build/producer-service/target/image/own own
RUN train dev.waybill.producer.ProducerService 8080
USER 10001
EXPOSE 8080
ENTRYPOINT ["java", "@/app/options", "dev.waybill.producer.ProducerService"]

FROM runtime AS outbox-relay
COPY --from=build /build/outbox-relay/target/image/lib lib
COPY --from=build /build/outbox-relay/target/image/own own
RUN train dev.waybill.relay.OutboxRelay 8081
USER 10001
EXPOSE 8081
ENTRYPOINT ["java", "@/app/options", "dev.waybill.relay.OutboxRelay"]

FROM runtime AS consumer-service
COPY --from=build /build/consumer-service/target/image/lib lib
COPY --from=build /build/consumer-service/target/image/own own
RUN train dev.waybill.consumer.ConsumerService 8082
USER 10001
ENV CONSUMER_STATE_DIR=/data
VOLUME /data
EXPOSE 8082
ENTRYPOINT ["java", "@/app/options", "dev.waybill.consumer.ConsumerService"]

FROM runtime AS console
COPY --from=build /build/console/target/image/lib lib
COPY --from=build /build/console/target/image/own own
RUN train dev.waybill.console.ConsoleService 8083
USER 10001
EXPOSE 8083
ENTRYPOINT ["java", "@/app/options", "dev.waybill.console.ConsoleService"]
