package dev.waybill.proof.campaign;

import dev.waybill.proof.mutants.Mutant;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Mutants as the command line has them. */
final class MutantNames implements ITypeConverter<Mutant>, Iterable<String> {
  @Override
  public Mutant convert(String name) {
    return Arrays.stream(Mutant.values())
        .filter(mutant -> mutant.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there is no mutant %s; there are %s"
                        .formatted(name, String.join(", ", this))));
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Mutant.values()).map(Mutant::text).iterator();
  }
}
