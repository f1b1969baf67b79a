// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/channel.h"
#include "app/imaging/picturereader.h"

namespace vitrine::decoding {

/// Reads one picture after the other with \a reader, each with \a patience as its processor time,
/// until the program at the other end of \a line is gone.
void serve(const Channel& line, std::chrono::milliseconds patience,
           const imaging::PictureReader& reader);

} // namespace vitrine::decoding
