package dev.waybill.runtime.transactions;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersResponse;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/**
 * Writes the marker that ends a transaction in a partition, which is its coordinator's business but
 * for those that it has forgotten.
 *
 * <p>{@code Admin.abortTransaction} sends this request for aborting only, and nothing public sends
 * it for committing. It therefore goes out through the client's own network layer, whose classes
 * Kafka may change with any version; the build has one version, and {@code HangingTest} fails when
 * they did. It needs the right {@code Alter} on the cluster. Thread-safe.
 */
public final class Markers {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int REQUEST_MILLIS = 10_000;

  /** Lets the partition take a marker of the epoch that the transaction has there. */
  private static final short WITHOUT_NEXT_EPOCH = 0;

  private final OpenTransactions transactions;
  private final Map<String, Object> clientConfig;

  public Markers(OpenTransactions transactions, Map<String, Object> clientConfig) {
    this.transactions = transactions;
    this.clientConfig = new HashMap<>(clientConfig);
  }

  /**
   * Blocks until the partition's leader has the marker.
   *
   * @throws org.apache.kafka.common.KafkaException when it does not take it: the right is missing,
   *     a newer owner of the id has begun another transaction there, or it is away
   */
  void write(OpenTransaction open, End end) {
    Node leader = transactions.leader(open.partition());
    Time time = Time.SYSTEM;
    try (Metrics metrics = new Metrics();
        NetworkClient client = client(metrics, leader, time)) {
      NetworkClientUtils.awaitReady(client, leader, time, CONNECT_MILLIS);
      ClientRequest request =
          client.newClientRequest(
              leader.idString(),
              new WriteTxnMarkersRequest.Builder(List.of(marker(open, end))),
              time.milliseconds(),
              true);
      var answer =
          (WriteTxnMarkersResponse)
              NetworkClientUtils.sendAndReceive(client, request, time).responseBody();
      Map<?, Errors> errors =
          Objects.requireNonNull(answer.errorsByProducerId().get(open.producerId()));
      Objects.requireNonNull(errors.get(open.partition())).maybeThrow();
    } catch (IOException notAnswered) {
      throw new DisconnectException("no marker for transaction " + open, notAnswered);
    }
  }

  private static WriteTxnMarkersRequest.TxnMarkerEntry marker(OpenTransaction open, End end) {
    return new WriteTxnMarkersRequest.TxnMarkerEntry(
        open.producerId(),
        open.producerEpoch(),
        open.coordinatorEpoch(),
        end.marker(),
        List.of(open.partition()),
        WITHOUT_NEXT_EPOCH);
  }

  private NetworkClient client(Metrics metrics, Node leader, Time time) {
    AdminClientConfig config = new AdminClientConfig(clientConfig);
    return ClientUtils.createNetworkClient(
        config,
        List.of(leader.host() + ":" + leader.port()),
        "waybill-markers",
        metrics,
        "waybill-markers",
        new LogContext(),
        new ApiVersions(),
        time,
        1,
        REQUEST_MILLIS,
        null,
        new ManualMetadataUpdater(List.of(leader)),
        new DefaultHostResolver(),
        null,
        null);
  }
}
