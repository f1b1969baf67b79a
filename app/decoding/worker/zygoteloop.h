// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/picturereader.h"

namespace vitrine::decoding {

/// All of vitrine-decode: takes its terms from \a argv, warms up, shuts itself in, says so, and
/// then makes workers, which read with \a reader, until the program at the other end is gone. Gives
/// the exit code. The process must have nothing that it needs to tidy up.
int runZygote(int argc, char** argv, const imaging::PictureReader& reader);

} // namespace vitrine::decoding
