// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/answer.h"
#include "app/api/apiclient.h"
#include "app/api/bodyplace.h"
#include "app/base/result.h"
#include "app/protocol/capabilities.h"
#include "app/protocol/image.h"

/// What each endpoint's answer means. Pure: any thread.
#include <optional>

namespace vitrine::api {

/// `true` or `false`.
Result<bool> readSetUp(const Answer& answer);
/// A page without HTTP's good will is no capability: such a server gets the defaults.
Result<protocol::Capabilities> readCapabilities(const Answer& answer);
/// What was left out of it is counted in the log.
Result<protocol::Page> readPage(const Answer& answer);
/// Where nothing has changed, nothing is in it.
Result<ApiClient::FirstPage> readFirstPage(const Answer& answer);
Result<protocol::Image> readImage(const Answer& answer);
/// An item, or `true` from a server that tells no more: then what \a request knows.
Result<protocol::Image> readUpload(const Answer& answer, const UploadRequest& request);
/// Of an upload without a file: that it is refused for that, in JSON, is good.
Result<void> readTriedUpload(const Answer& answer);
/// A conflict whose current item is already as \a patch wants it is no conflict: Qt may send a
/// request twice after a lost connection.
Result<protocol::Image> readPatched(const Answer& answer, const protocol::ImagePatch& patch);
/// Of image \a id as a conflict tells it is now; nothing where \a answer tells of no such thing.
std::optional<protocol::Image> readCurrent(const Answer& answer, const QString& id);
Result<void> readRemoved(const Answer& answer);
/// Where a download is redirected to.
Result<QUrl> readDownloadUrl(const Answer& answer);
Result<QByteArray> readBytes(const Answer& answer);
/// Network where less came than was to come.
Result<ApiClient::Saved> readSaved(const Answer& answer, const BodyAsked& asked);

} // namespace vitrine::api
