// The dataset's own format: a copy of whole clips, byte by byte.
//   dataset.json   clips/<scenario>/<index>-<short id>/...
// Nothing is converted. Every file is read once, and is written only if its size and SHA-256 are
// those of the clip's manifest: a copy is as sound as the manifests of its source. Clips that
// render set aside (quarantine/) stay behind.
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits native_format();

}  // namespace oddroad::exchange
