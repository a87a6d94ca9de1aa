package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
class ConcurrentChangesTest {
  private Api api = new Api(0);

  @BeforeEach
  void client() {
    api = new Api(Postgres.sharedPort());
  }

  /** Several instances would do the same: what orders the changes is the row's lock. */
  @RepeatedTest(5)
  void changesAtOnceGiveVersionsWithoutGapsInTheOutboxsOrder() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    List<String> ids = List.of(api.place().id(), api.place().id(), api.place().id());
    List<Supplier<CompletableFuture<Api.Answer>>> changes = new ArrayList<>();
    for (String id : ids) {
      for (int i = 0; i < 4; i++) {
        changes.add(() -> api.postLater("/orders/" + id + "/pay", Api.PAY));
        changes.add(() -> api.postLater("/orders/" + id + "/ship", Api.SHIP));
        changes.add(() -> api.postLater("/orders/" + id + "/cancel", Api.CANCEL));
      }
    }
    Collections.shuffle(changes, new Random(seed));
    List<Api.Answer> answers =
        changes.stream().map(Supplier::get).toList().stream().map(CompletableFuture::join).toList();

    assertThat(answers).extracting(Api.Answer::status).containsOnly(200, 409);
    long changed = answers.stream().filter(answer -> answer.status() == 200).count();
    assertThat(AppendedEvent.all()).hasSize((int) (ids.size() + changed));
    for (String id : ids) {
      List<AppendedEvent> events = AppendedEvent.of(id);
      assertThat(events)
          .extracting(AppendedEvent::version)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
      assertThat(api.get("/orders/" + id).json().path("version").longValue())
          .isEqualTo(events.size());
      assertThat(events).extracting(AppendedEvent::occurredAt).isSorted();
    }
  }
}
