package dev.waybill.schemas.folder;

import java.util.List;

/** The folder of schemas cannot be used as it is; nothing was changed. Names all that is wrong. */
public final class WrongFolderException extends RuntimeException {
  WrongFolderException(List<String> wrong) {
    super(String.join("\n", wrong));
  }
}
