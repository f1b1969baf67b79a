// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/wire.h"

/// What a sound worker may answer to a job. One that a picture has taken over would otherwise have
/// the program copy off the tray whatever fits on it, for each field anew.
namespace vitrine::decoding {

/// Bytes of all pixels, encoded pictures and copies together.
qint64 mostBytesOf(const Job& job);

/// Whether \a findings hold nothing that was not ordered, and no picture larger than it was
/// ordered.
bool isAnswerTo(const Job& job, const imaging::Findings& findings);

} // namespace vitrine::decoding
