// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gallery/previewkey.h"

#include <QByteArray>
#include <QString>

#include <mutex>
#include <optional>

namespace vitrine::gallery {

/// Previews on disk, as the server sent them. One file a key, mode 0600, in 0700 folders of the
/// account's cache; those of private images in a folder of their own. Never in the desktop's shared
/// thumbnail cache. Together they stay within a limit: what was not looked at for longest goes.
/// Any thread, also of several processes; blocks on the disk.
class PreviewCache
{
public:
    /// Some 20,000 previews.
    static constexpr qint64 kMostBytes = 600'000'000;
    /// Of one preview; a longer file is none.
    static constexpr qint64 kLongestPreview = 4'000'000;

    /// Whose folder a picture is in: that of images that everybody sees, or of private ones.
    enum class Shelf { Public, Private };

    explicit PreviewCache(QString directory, qint64 mostBytes = kMostBytes);

    /// Empty if it is not there. Of a private image nothing stays on the public shelf.
    QByteArray read(const PreviewKey& key, Shelf shelf) const;
    /// A full or read-only disk is no error: the preview is fetched again next time.
    void write(const PreviewKey& key, const QByteArray& bytes, Shelf shelf);
    /// Puts an image's pictures where they belong from now on.
    void move(const QString& id, Shelf to) const;
    void remove(const PreviewKey& key) const;

private:
    QString path(const PreviewKey& key, Shelf shelf) const;
    QString folder(Shelf shelf) const;
    bool prepare();
    void count(qint64 more);

    const QString m_directory;
    const qint64 m_mostBytes;
    std::mutex m_counting;
    std::optional<qint64> m_bytes; // on the disk, as far as this process knows
};

} // namespace vitrine::gallery
