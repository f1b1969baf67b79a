// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gallery/previewkey.h"

#include <QByteArray>
#include <QString>

namespace vitrine::gallery {

/// Previews on disk, as the server sent them. One file a key, mode 0600 in a 0700
/// folder of the account's cache; never in the desktop's shared thumbnail cache, because private
/// images are among them. Any thread; blocks on the disk.
class PreviewCache
{
public:
    explicit PreviewCache(QString directory);

    /// Empty if it is not there.
    QByteArray read(const PreviewKey& key) const;
    /// A full or read-only disk is no error: the preview is fetched again next time.
    void write(const PreviewKey& key, const QByteArray& bytes) const;
    /// Removes every picture of the image.
    void remove(const QString& id) const;

private:
    QString path(const PreviewKey& key) const;

    const QString m_directory;
};

} // namespace vitrine::gallery
