package dev.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class PeerTest {
  @Test
  void bothSidesAreInEachLine() {
    PeerReport report =
        new PeerReport(
            List.of(turn(1, 100), turn(2, 90), turn(9, 80)),
            List.of(turn(10, 10), turn(20, 9), turn(30, 8)),
            "peer");

    List<Result> results = report.results();

    assertThat(results)
        .filteredOn(one -> one.what().equals("drain, warmed up"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.value()).isEqualTo(90_000);
              assertThat(one.ratio()).isEqualTo(10);
              assertThat(one.met()).isTrue();
            });
    assertThat(results)
        .filteredOn(one -> one.what().equals("p99 commit to reader at 2,000 events/s"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.value()).isEqualTo(2);
              assertThat(one.ratio()).isEqualTo(0.1);
              assertThat(one.met()).isTrue();
            });
    assertThat(results)
        .filteredOn(one -> one.what().equals("CPU of the broker at 500 events/s"))
        .singleElement()
        .extracting(Result::value)
        .isEqualTo(20.0);
    assertThat(results)
        .filteredOn(one -> one.what().equals("drain, just started, CPU for 1,000 events, broker"))
        .singleElement()
        .satisfies(one -> assertThat(one.value()).isCloseTo(20.0 / 9, within(1e-9)));
  }

  /**
   * @param thousands of events that are drained in a second
   */
  private static PeerTurn turn(double millis, int thousands) {
    Use use = new Use(10, 1, 2, 3, 40);
    Use second = new Use(1, 0.1, 0.2, 0.3, 4);
    RelayRun.Drain drain = new RelayRun.Drain(thousands * 1_000, second);
    List<Double> samples = IntStream.range(0, 10).mapToObj(one -> millis).toList();
    Traffic traffic = new Traffic(new Latencies(samples, samples), use);
    return new PeerTurn(new PeerTurn.Start(millis, drain, drain), traffic, traffic);
  }

  @Test
  void debeziumReadsTheSameDatabaseAndWritesTheTopic() {
    String url = "jdbc:postgresql://127.0.0.1:5433/parcels";
    Database database = new Database("parcels", url, new PGSimpleDataSource());

    Properties all = DebeziumMover.properties("127.0.0.1:9", database, "there", Path.of("here"));

    assertThat(all)
        .containsEntry("debezium.source.database.hostname", "127.0.0.1")
        .containsEntry("debezium.source.database.port", "5433")
        .containsEntry("debezium.source.database.dbname", "parcels")
        .containsEntry("debezium.source.offset.storage.file.filename", "here/offsets.dat")
        .containsEntry("debezium.transforms.outbox.route.topic.replacement", "there")
        .containsEntry("debezium.sink.kafka.producer.bootstrap.servers", "127.0.0.1:9");
  }
}
