package dev.waybill.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DigestTest {
  private static final UUID ONE = UUID.fromString("01a20d6d-5a00-7000-8000-00000000000a");
  private static final UUID TWO = UUID.fromString("01a20d6d-5a00-7000-8000-00000000000b");

  /** printf of the sixteen bytes into sha256sum, the first eight bytes. */
  @Test
  void itIsTheBeginningOfTheSha256OfTheBytes() {
    Digest digest = new Digest();
    digest.add(ONE);

    assertThat(digest).hasToString("9d23abe5f7b90c0a");
  }

  @Test
  void orderDoesNotMatterAndWhatIsMissingDoes() {
    Digest forth = digest(ONE, TWO);
    Digest back = digest(TWO, ONE);
    Digest one = digest(ONE);

    assertThat(forth.isSameAs(back)).isTrue();
    assertThat(forth.isSameAs(one)).isFalse();
    one.add(digest(TWO).toString(), 1);
    assertThat(forth.isSameAs(one)).isTrue();
  }

  @Test
  void whatIsThereTwiceIsNoticed() {
    assertThat(digest(ONE, TWO, TWO).isSameAs(digest(ONE))).isFalse();
  }

  private static Digest digest(UUID... ids) {
    Digest digest = new Digest();
    for (UUID id : ids) {
      digest.add(id);
    }
    return digest;
  }
}
