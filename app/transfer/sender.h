// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/transfer/transfer.h"

#include <QFuture>

namespace vitrine::transfer {

/// Sends one transfer to the server and says what came of it: for uploads and edits the server's
/// item, for deletes an image with nothing but its id. \a mayHaveArrived: an earlier try ended
/// without an answer, so the server is asked first what it knows of an upload.
QFuture<Result<protocol::Image>> send(api::ApiClient& client, const Transfer& transfer,
                                      bool mayHaveArrived, api::Progress progress);

} // namespace vitrine::transfer
