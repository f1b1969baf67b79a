// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace vitrine::backend {

/// What a form calls a file, made fit to be shown and saved: no directories, no line breaks or
/// other controls, nothing that turns the direction of reading, valid UTF-8, at most 255 bytes.
/// Never empty.
QString safeFileName(const QByteArray& fromForm);

/// Text of a form's field: valid UTF-8, "\n" as line break, no NUL.
QString fieldText(const QByteArray& fromForm);

/// A Content-Disposition that saves under \a name.
QByteArray attachmentDisposition(const QString& name);

} // namespace vitrine::backend
