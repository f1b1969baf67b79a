// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace vitrine::api {

/// The file name of a Content-Disposition header (RFC 6266): filename* in UTF-8 before filename.
/// Empty if there is none. Untrusted: it may hold anything.
QString fileNameFrom(const QByteArray& contentDisposition);

} // namespace vitrine::api
