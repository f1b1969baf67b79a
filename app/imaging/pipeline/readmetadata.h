// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/metadata.h"

#include <QByteArrayView>
#include <QLocale>

namespace vitrine::imaging {

/// Reads what the file carries. \a languages (BCP 47, the best first) choose among the texts of
/// several languages; the standard text comes next, then any. Never fails: what cannot be read is
/// not reported. Any thread.
MetadataReport readMetadata(QByteArrayView bytes,
                            const QStringList& languages = QLocale().uiLanguages());

} // namespace vitrine::imaging
