// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/picturereader.h"

namespace vitrine::decoding {

/// All of a worker: takes its terms from \a argv, warms up, shuts itself in, says so, and reads one
/// picture after the other with \a reader until the program at the other end is gone. Gives the
/// exit code. The process must have nothing that it needs to tidy up.
int runWorker(int argc, char** argv, const imaging::PictureReader& reader);

} // namespace vitrine::decoding
