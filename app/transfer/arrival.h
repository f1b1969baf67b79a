// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/imaging/picturereader.h"
#include "app/transfer/downloadjob.h"

namespace vitrine::transfer {

/// The name that a copy of \a image is saved under: its own, made safe, with an ending that says
/// what the bytes are; the high-res copy of a PNG is a JPEG. \a type is the server's media type.
QString fileNameFor(const protocol::Image& image, const QString& type);

/// What is done with a part file that has come to an end before anybody sees it: held against the
/// hash of the image, where that is known and of these bytes, else looked through if \a saved
/// cannot tell whether it is whole, and then described, if wanted. Blocks. Errors: BadAnswer (these
/// are other bytes, or not all), those of writeAltIntoFile().
Result<void> finishPart(const QString& part, const api::ApiClient::Saved& saved,
                        const protocol::Image& image, Copy copy, Alt alt,
                        const imaging::PictureReader& pictures);

} // namespace vitrine::transfer
